/**
 * xterm.js makes style elements and knows no nonce, so a strict content security policy would refuse them.
 * While `action` runs (synchronously), style elements made by the document carry the nonce.
 */
export function withStyleNonce<T>(nonce: string | undefined, action: () => T): T {
  if (!nonce) return action();
  const original = document.createElement as (name: string, options?: ElementCreationOptions) => HTMLElement;
  document.createElement = function createElement(this: Document, name: string, options?: ElementCreationOptions) {
    const element = original.call(this, name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  } as typeof document.createElement;
  try {
    return action();
  } finally {
    document.createElement = original as typeof document.createElement;
  }
}
