/** Where the person is, as written behind the # of the address: a reload keeps the place. */
export type Route =
  | { screen: 'start' }
  | { screen: 'wizards' }
  | { screen: 'case'; id: string }
  | { screen: 'sessions'; id: string };

/** Anything unknown is the start page: an old bookmark is no error. */
export function parseRoute(hash: string): Route {
  const path = hash.replace(/^#/, '').split('?')[0] ?? '';
  if (path === '/wizards') return { screen: 'wizards' };
  const [, screen, encoded] = /^\/(case|sessions)\/([^/]+)$/.exec(path) ?? [];
  if (encoded === undefined) return { screen: 'start' };
  try {
    return { screen: screen as 'case' | 'sessions', id: decodeURIComponent(encoded) };
  } catch {
    return { screen: 'start' };
  }
}

export function hashOf(route: Route): string {
  if ('id' in route) return `#/${route.screen}/${encodeURIComponent(route.id)}`;
  return route.screen === 'wizards' ? '#/wizards' : '#/';
}
