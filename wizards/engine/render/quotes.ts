import type { Shell } from '../schema.ts';

/** Where in a shell's text one stands: `none`, within a quoted string of some kind, or within a comment. */
export type Where = 'none' | 'single' | 'double' | 'backquote' | 'comment';

type Grammar = {
  single: RegExp;
  double: RegExp;
  /** Takes the meaning from the next character, outside of quotes and inside double ones. */
  escape: string;
  escapesInDouble: boolean;
  backquote: boolean;
  comment: boolean;
};

const NEVER = /(?!)/;
const POSIX: Grammar = {
  single: /'/,
  double: /"/,
  escape: '\\',
  escapesInDouble: true,
  backquote: true,
  comment: true,
};
const POWERSHELL: Grammar = {
  single: /['\u2018-\u201b]/,
  double: /["\u201c-\u201e]/,
  escape: '`',
  escapesInDouble: true,
  backquote: false,
  comment: true,
};
const CMD: Grammar = {
  single: NEVER,
  double: /"/,
  escape: '^',
  escapesInDouble: false,
  backquote: false,
  comment: false,
};
/** Inside the composed literals: strings of either kind, no escapes, no comments. */
const FILTER: Grammar = {
  single: /'/,
  double: /"/,
  escape: '',
  escapesInDouble: false,
  backquote: false,
  comment: false,
};

export const GRAMMARS: Partial<Record<Shell | 'filter', Grammar>> = {
  powershell: POWERSHELL,
  pwsh: POWERSHELL,
  ems: POWERSHELL,
  cmd: CMD,
  bash: POSIX,
  zsh: POSIX,
  filter: FILTER,
};

/**
 * Follows the quotes of fixed text, character by character. It is stricter than the shells: a `$(` within double quotes
 * is reported (`nested`), as what follows has quotes of its own.
 */
export function quoteTracker(grammar: Grammar): { feed(text: string): void; where(): Where; nested(): boolean } {
  let where: Where = 'none';
  let nested = false;
  let escaped = false;
  let before = ' ';

  function open(character: string): Where {
    if (grammar.single.test(character)) return 'single';
    if (grammar.double.test(character)) return 'double';
    if (grammar.backquote && character === '`') return 'backquote';
    if (grammar.comment && character === '#' && /[\s;(){}|&<]/.test(before)) return 'comment';
    return 'none';
  }

  function step(character: string): void {
    if (escaped) {
      escaped = false;
    } else if (where === 'none') {
      if (character === grammar.escape) escaped = true;
      else where = open(character);
    } else if (where === 'single') {
      if (grammar.single.test(character)) where = 'none';
    } else if (where === 'double') {
      if (grammar.escapesInDouble && character === grammar.escape) escaped = true;
      else if (grammar.double.test(character)) where = 'none';
      else if ((before === '$' && character === '(') || (grammar.backquote && character === '`')) nested = true;
    } else if (where === 'backquote' && character === '`') {
      where = 'none';
    }
    before = character;
  }

  return {
    feed(text) {
      for (const character of text) step(character);
    },
    where: () => where,
    nested: () => nested,
  };
}
