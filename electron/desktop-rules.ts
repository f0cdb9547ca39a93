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

/** A channel that the page may ask the core for. */
export type ChannelRequest = { type: 'rpc' } | { type: 'terminal' | 'files'; id: string };

/**
 * The request that a name stands for: none for the procedures, `terminal:<tab>`, or `files:<intake>`. Null for
 * anything else; what the page sends is not trusted.
 */
export function channelRequest(name: unknown): ChannelRequest | null {
  if (name === undefined) return { type: 'rpc' };
  const [, type, id] = typeof name === 'string' ? (/^(terminal|files):([\w-]{1,60})$/.exec(name) ?? []) : [];
  return id === undefined ? null : { type: type as 'terminal' | 'files', id };
}
