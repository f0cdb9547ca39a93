/** Where the person is, as written behind the # of the address: a reload keeps the place. */
export type Route = { screen: 'start' } | { screen: 'wizards' } | { screen: 'case'; id: string };

/** Anything unknown is the start page: an old bookmark is no error. */
export function parseRoute(hash: string): Route {
  const path = hash.replace(/^#/, '').split('?')[0] ?? '';
  if (path === '/wizards') return { screen: 'wizards' };
  const encoded = /^\/case\/([^/]+)$/.exec(path)?.[1];
  if (encoded === undefined) return { screen: 'start' };
  try {
    return { screen: 'case', id: decodeURIComponent(encoded) };
  } catch {
    return { screen: 'start' };
  }
}

export function hashOf(route: Route): string {
  if (route.screen === 'case') return `#/case/${encodeURIComponent(route.id)}`;
  return route.screen === 'wizards' ? '#/wizards' : '#/';
}
