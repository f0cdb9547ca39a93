/** Where the person is, as written behind the # of the address: a reload keeps the place. */
export type Route =
  | { screen: 'start' }
  | { screen: 'wizards' }
  | { screen: 'case'; id: string }
  | { screen: 'sessions'; id: string }
  /** Without an id a new one is asked for. */
  | { screen: 'probe'; id: string | null };

/** Anything unknown is the start page: an old bookmark is no error. */
export function parseRoute(hash: string): Route {
  const path = hash.replace(/^#/, '').split('?')[0] ?? '';
  if (path === '/wizards') return { screen: 'wizards' };
  if (path === '/probe') return { screen: 'probe', id: null };
  const [, screen, encoded] = /^\/(case|sessions|probe)\/([^/]+)$/.exec(path) ?? [];
  if (encoded === undefined) return { screen: 'start' };
  try {
    return { screen: screen as 'case' | 'sessions' | 'probe', id: decodeURIComponent(encoded) };
  } catch {
    return { screen: 'start' };
  }
}

export function hashOf(route: Route): string {
  if ('id' in route && route.id !== null) return `#/${route.screen}/${encodeURIComponent(route.id)}`;
  return route.screen === 'wizards' || route.screen === 'probe' ? `#/${route.screen}` : '#/';
}
