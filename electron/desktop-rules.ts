/** Who may talk to the desktop's main process and where its window may go. Without Electron, so that tests run it. */

export const SCHEME = 'fieldguide';
export const PAGE = `${SCHEME}://app/`;

/** Only our own page in the main frame may ask for ports: a frame that was smuggled in is refused. */
export function isOurPage(frame: { url: string; parent: unknown } | null): boolean {
  return frame !== null && frame.parent === null && isOurAddress(frame.url);
}

/** The address of our page, with any fragment. */
export function isOurAddress(url: string): boolean {
  try {
    const { protocol, host, pathname } = new URL(url);
    return protocol === `${SCHEME}:` && host === 'app' && pathname === '/';
  } catch {
    return false;
  }
}

/** A tab's name as the core gives it; what the page sends is not trusted. */
export function isTabName(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{1,60}$/.test(value);
}
