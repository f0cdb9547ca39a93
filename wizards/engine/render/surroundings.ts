import type { Refusal } from '../parameters/refusal.ts';
import type { ParameterType, Shell } from '../schema.ts';

/**
 * What may stand beside a placeholder, so that the literal stays a token of its own:
 *
 * | Shell | before | after |
 * |---|---|---|
 * | PowerShell, EMS | start, blank, `(` `,` `[` `{{`, a cast's `]`, `=` of an assignment or hashtable, a cmdlet's `-Name:` | end, blank, `)` `,` `;` `\|` `}}` `]` |
 * | bash, zsh | blank; `=` `:` `,` right after a word | end, blank, `)` `;` `\|` `,` |
 * | cmd | blank; `=` `:` `,` right after a word | end, blank, `)` `,` |
 * | device | start, blank | end, blank |
 * | console | anything | anything |
 *
 * Where a value has to be glued to more text (`SmtpSvc/{n}/AuthFlags`, `{host}:{port}`), the command has a `literals` entry.
 */
const POWERSHELL = {
  before: /(?:^|[\s(,[{\]]|(?:^|[\s;{($])[^\s;{}()/-][^\s;{}()]*=|(?:^|[\s(|])-[A-Za-z]+:)(?<!\$\{[^}]*)$/,
  after: /^(?:$|[\s),;|}\]])/,
};
/** A program would get `-Name:` and the value joined by rules that changed between the versions of PowerShell. */
const COLON_OPTION = /-[A-Za-z]+:$/;
const POSIX = { before: /(?:\s|[\w./@%+-][=:,])(?<!\$\{[^}]*)$/, after: /^(?:$|[\s);|,])/ };
const CMD = { before: /(?:\s|[\w./@+-][=:,])$/, after: /^(?:$|[\s),])/ };
const DEVICE = { before: /(?:^|\s)$/, after: /^(?:$|\s)/ };

const WHOLE: Partial<Record<Shell, { before: RegExp; after: RegExp }>> = {
  powershell: POWERSHELL,
  pwsh: POWERSHELL,
  ems: POWERSHELL,
  bash: POSIX,
  zsh: POSIX,
  cmd: CMD,
  device: DEVICE,
};

const POSIX_PROGRAM =
  /(?:^|[|&;({!`])\s*(?:(?:then|do|else|if|elif|while|until|time|exec|command|env|xargs|sudo|nohup)\s+)*$/;
/** A place where the shell runs what stands there. */
const PROGRAM_PLACE: Partial<Record<Shell, RegExp>> = {
  powershell: /(?:^|[\s|;({=])[&.]\s*$/,
  pwsh: /(?:^|[\s|;({=])[&.]\s*$/,
  ems: /(?:^|[\s|;({=])[&.]\s*$/,
  bash: POSIX_PROGRAM,
  zsh: POSIX_PROGRAM,
  cmd: /(?:^|[|&(]|\sdo\s)\s*(?:(?:start|call)\s+)?$/i,
};

/** Words that read their arguments as code once more, so that a quoted value would be parsed after all. */
const READS_CODE: Partial<Record<Shell, RegExp>> = {
  powershell:
    /\b(?:iex|Invoke-Expression|Add-Type)\b|\[scriptblock\]|\b(?:powershell|pwsh)(?:\.exe)?\s|\bcmd(?:\.exe)?\s+\/[ck]\b|(?:^|\s)--%/i,
  bash: /(?:^|[\s;|&(])(?:eval|source|let|declare|typeset|trap|alias)\s|(?:^|[;|&(])\s*\.\s|\b(?:ba|z|da|k)?sh\s+-\w*c\b|\[\[|\(\(|\$\[/,
  cmd: /\bcmd(?:\.exe)?\s+\/[ck]\b|\b(?:powershell|pwsh)(?:\.exe)?\s|\bcall\b|\bfor\s+\/f/i,
};
const SSH = /(?:^|[\s|;&])ssh\s/;
/** No grammar of a shell can make more than one word of these. */
const PLAIN_WORDS: ReadonlySet<ParameterType> = new Set([
  'host',
  'fqdn',
  'ip',
  'domain',
  'port',
  'integer',
  'guid',
  'thumbprint',
]);

function codeReader(shell: Shell): RegExp | undefined {
  if (shell === 'pwsh' || shell === 'ems') return READS_CODE.powershell;
  return shell === 'zsh' ? READS_CODE.bash : READS_CODE[shell];
}

/** Programs of the catalogue that are often written without `.exe`. */
const PROGRAM =
  /^(?:\S+\.exe|cscript|dcdiag|dsacls|dsget|dsquery|ipconfig|klist|ldifde|netdom|netsh|nltest|nslookup|ping|reg|repadmin|setspn|telnet|tracert|w32tm|wevtutil)$/i;
const CMDLET = /^[A-Z][A-Za-z]+-[A-Z]\w+$/;

/** `native` decides how a value is written, so it has to tell the truth about the command that the value goes to. */
function nativeFault(before: string, native: boolean): Refusal | null {
  const word = /^\S*/.exec((before.split(/[|;({]/).at(-1) ?? '').trimStart())?.[0] ?? '';
  if (!native && PROGRAM.test(word)) {
    return {
      code: 'not-native',
      message: `goes to the program ${word}, but the template is not native`,
      hint: 'Add `native: true`.',
    };
  }
  if (native && CMDLET.test(word)) {
    return {
      code: 'native-cmdlet',
      message: `goes to the cmdlet ${word}, but the template is native`,
      hint: 'Take `native` out.',
    };
  }
  return null;
}

/** The texts around a placeholder (others in them are stand-ins) and its type, none for a composed literal. */
export type Place = { shell: Shell; native: boolean; before: string; after: string; type: ParameterType | undefined };

/** Why a placeholder must not stand in this place; null when it may. */
export function placeFault(place: Place): Refusal | null {
  const { shell, before, after, type } = place;
  const whole = WHOLE[shell];
  const isProgramOption = place.native && whole === POWERSHELL && COLON_OPTION.test(before);
  if (whole && (isProgramOption || !whole.before.test(before) || !whole.after.test(after))) {
    return {
      code: 'glued',
      message: 'is glued to other text, so it is not a token of its own',
      hint: 'Compose the whole token under `literals` and put that in.',
    };
  }
  if (PROGRAM_PLACE[shell]?.test(before)) {
    return {
      code: 'program-place',
      message: 'stands where the shell takes the name of a program',
      hint: 'Write the program into the template.',
    };
  }
  const nativeness = whole === POWERSHELL ? nativeFault(before, place.native) : null;
  if (nativeness) return nativeness;
  const text = `${before}${after}`;
  const plain = type !== undefined && PLAIN_WORDS.has(type);
  if (codeReader(shell)?.test(text) || (SSH.test(text) && !plain && shell !== 'console' && shell !== 'device')) {
    return {
      code: 'read-as-code',
      message: 'is handed to something that reads it as code once more',
      hint: 'Call the program itself, without eval, -c, Invoke-Expression or another shell in between.',
    };
  }
  return null;
}
