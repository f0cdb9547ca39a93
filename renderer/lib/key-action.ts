/** What a key means on the case screen. Pure, so that the table of keys can be tested as a table. */
export type KeyAction =
  | { do: 'outcome'; index: number }
  | { do: 'run' }
  | { do: 'record' }
  | { do: 'next-region' }
  | { do: 'previous-region' }
  | { do: 'keys' };

/** Where the focus is: `field` one line, `text` several lines, `press` a control that Enter itself presses. */
export type Place = 'page' | 'field' | 'text' | 'press' | 'terminal' | 'dialog';
export type Key = { key: string; ctrl: boolean; alt: boolean; shift: boolean; meta: boolean };

/** The action, or null: the key then does what it always does there. */
export function keyAction(pressed: Key, place: Place): KeyAction | null {
  const { key, ctrl, alt, shift, meta } = pressed;
  if (place === 'dialog') return null;
  if (key === 'F6' && !ctrl && !alt && !meta) return { do: shift ? 'previous-region' : 'next-region' };
  if (place === 'terminal') return null;
  if (key === 'Enter' && (ctrl || meta) && !alt && !shift) return { do: 'run' };
  if (ctrl || alt || meta || place === 'field' || place === 'text') return null;
  if (key === '?') return { do: 'keys' };
  if (shift) return null;
  if (/^[1-9]$/.test(key)) return { do: 'outcome', index: Number(key) - 1 };
  return key === 'Enter' && place === 'page' ? { do: 'record' } : null;
}

/** Describes the focused element. A radio button counts as page: digits and Enter are free there. */
export function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof Element)) return 'page';
  if (target.closest('[role="dialog"], [role="alertdialog"], [role="menu"]')) return 'dialog';
  if (target.closest('.xterm')) return 'terminal';
  if (target instanceof HTMLInputElement) return target.type === 'radio' ? 'page' : 'field';
  if (target instanceof HTMLTextAreaElement || (target instanceof HTMLElement && target.isContentEditable))
    return 'text';
  if (target instanceof HTMLSelectElement) return 'field';
  return target.closest('button, a[href], summary, [role="tab"], [role="separator"]') ? 'press' : 'page';
}
