/**
 * The token of the address that Fieldguide printed: `#token=…`, with `&case=…` to begin in a case. Kept for this tab
 * only, never in the address bar.
 */
const KEY = 'fieldguide-token';
const PLACE = 'fieldguide-place';

/** The token in a fragment, or null. */
export function tokenIn(hash: string): string | null {
  const found = /[#&]token=([A-Za-z0-9_-]+)/.exec(hash)?.[1];
  return found ?? null;
}

/** Remembers where this tab stands: the printed address, opened again in it, leads back there. */
export function keepPlace(hash: string): void {
  if (tokenIn(hash) === null) sessionStorage.setItem(PLACE, hash);
}

/**
 * Moves the token from the address to the session's storage, so that it is neither in the history nor copied with
 * the address, and gives the token to use.
 */
export function takeToken(): string | null {
  const fresh = tokenIn(location.hash);
  if (fresh !== null) {
    sessionStorage.setItem(KEY, fresh);
    const wanted = /[#&]case=([A-Za-z0-9._-]+)/.exec(location.hash)?.[1];
    const place = wanted ? `#/case/${wanted}` : (sessionStorage.getItem(PLACE) ?? '#/');
    history.replaceState(null, '', `${location.pathname}${location.search}${place}`);
    return fresh;
  }
  return sessionStorage.getItem(KEY);
}
