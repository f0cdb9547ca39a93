/**
 * Where there is no graphics card, xterm.js draws with elements and writes their colours as the text of a style
 * attribute. The content security policy refuses that, rightly so in markup. Set through the element's own style, the
 * same text is allowed, so attributes set by scripts go that way.
 */
export function setStylesThroughDom(): void {
  if (Element.prototype.setAttribute !== original) return;
  Element.prototype.setAttribute = function setAttribute(this: Element, name: string, value: string): void {
    if (name === 'style' && this instanceof HTMLElement) this.style.cssText = value;
    else original.call(this, name, value);
  };
}

const original = Element.prototype.setAttribute;
