import type { CommandView } from '../../wizards/engine/view.ts';

/** The step's command that a typed line most likely is: it begins with the same program or cmdlet. Else null. */
export function likelyCommand(typed: string, commands: readonly CommandView[]): string | null {
  const first = firstWord(typed);
  if (!first) return null;
  const match = commands.find(
    (command) => firstWord(command.text ?? command.pieces.map((p) => p.text).join('')) === first,
  );
  return match?.id ?? null;
}

function firstWord(text: string): string {
  return (/^\s*(\S+)/.exec(text)?.[1] ?? '').toLowerCase().replace(/\.exe$/, '');
}
