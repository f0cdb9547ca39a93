/**
 * Models of what Windows does with a command line, as Microsoft documents it, for machines without Windows.
 */

/** How a program's C runtime (and CommandLineToArgvW) cuts its command line into arguments; the first is the program. */
export function commandLineToArgv(line: string): string[] {
  const argv: string[] = [];
  let i = 0;
  // The program's own name knows no backslash rule.
  let name = '';
  let quoted = false;
  for (; i < line.length && (quoted || !/[ \t]/.test(line.charAt(i))); i += 1) {
    if (line[i] === '"') quoted = !quoted;
    else name += line[i];
  }
  argv.push(name);
  for (;;) {
    while (/[ \t]/.test(line.charAt(i))) i += 1;
    if (i >= line.length) return argv;
    let argument = '';
    quoted = false;
    while (i < line.length && (quoted || !/[ \t]/.test(line.charAt(i)))) {
      let slashes = 0;
      while (line[i] === '\\') {
        slashes += 1;
        i += 1;
      }
      if (line[i] === '"') {
        argument += '\\'.repeat(Math.floor(slashes / 2));
        if (slashes % 2 === 1) {
          argument += '"';
        } else if (quoted && line[i + 1] === '"') {
          argument += '"';
          i += 1;
        } else {
          quoted = !quoted;
        }
        i += 1;
      } else {
        argument += '\\'.repeat(slashes);
        if (i < line.length && (quoted || !/[ \t]/.test(line.charAt(i)))) {
          argument += line[i];
          i += 1;
        }
      }
    }
    argv.push(argument);
  }
}

/**
 * What cmd makes of a line typed at its prompt: variables expanded (also within quotes; `!` as with delayed expansion
 * switched on), `^` outside of quotes taken away, the line cut at operators. Each command is one line for the program.
 */
export function cmdCommands(line: string, variables: Record<string, string>): string[] {
  const expanded = line
    .replace(/%([^%:]+)(?::[^%]*)?%/g, (whole, name: string) => variables[name.toUpperCase()] ?? whole)
    .replace(/!([^!:]+)(?::[^!]*)?!/g, (_, name: string) => variables[name.toUpperCase()] ?? '');
  const commands: string[] = [''];
  let quoted = false;
  for (let i = 0; i < expanded.length; i += 1) {
    const character = expanded.charAt(i);
    if (character === '"') quoted = !quoted;
    if (!quoted && character === '^') {
      i += 1;
      commands[commands.length - 1] += expanded.charAt(i);
    } else if (!quoted && /[&|<>()\n]/.test(character)) {
      commands.push('');
    } else {
      commands[commands.length - 1] += character;
    }
  }
  return commands;
}

/** The value of a PowerShell single-quoted string; null when the text is not exactly one of them. */
export function singleQuotedValue(text: string): string | null {
  const match = /^['\u2018-\u201b]((?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*)['\u2018-\u201b]$/u.exec(text);
  return match ? (match[1] as string).replace(/['\u2018-\u201b](['\u2018-\u201b])/g, '$1') : null;
}

/**
 * The command line that Windows PowerShell 5.1 builds for a program and one argument: nothing for an empty one, quotes
 * around one with blanks outside of quotes, and no escaping of anything.
 */
export function windowsPowerShellLine(program: string, argument: string): string {
  if (argument === '') return program;
  let quotes = 0;
  let wraps = false;
  let afterBackslash = false;
  for (const character of argument) {
    if (character === '"' && !afterBackslash) quotes += 1;
    else if (/[\s\u0085]/.test(character) && character !== '\ufeff' && quotes % 2 === 0) wraps = true;
    afterBackslash = character === '\\';
  }
  return `${program} ${wraps ? `"${argument}"` : argument}`;
}
