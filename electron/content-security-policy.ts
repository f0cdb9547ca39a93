/** What the page may load and reach: its own files, its own connection, style elements with today's nonce. */
export function contentSecurityPolicy({ nonce, connect }: { nonce: string; connect: string }): string {
  const style = nonce ? `'self' 'nonce-${nonce}'` : "'self'";
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${style}`,
    // React sets styles through the DOM, which needs no permission; what xterm.js writes as text the page passes on so.
    "style-src-attr 'none'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
