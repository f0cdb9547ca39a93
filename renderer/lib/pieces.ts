import type { CommandView } from '../../wizards/engine/view.ts';

/** A stretch of a command as the card shows it: grammar, or the place of a parameter (filled or still empty). */
export type CardPiece = {
  text: string;
  parameter: string | null;
  missing: boolean;
  /** A literal made of fixed text and these parameters; their fields stand below the command. */
  holds?: string[];
};

const PLACEHOLDER = /\{\{|\}\}|\{([a-z][a-z0-9_]*)\}/g;

/**
 * The command cut up for the card. A rendered command comes cut up from the core. One with values missing comes
 * as its template: there every known parameter becomes a place, and names of composed literals stay as text.
 */
export function cardPieces(command: Pick<CommandView, 'text' | 'pieces' | 'parameters' | 'missing'>): CardPiece[] {
  if (command.text !== null) {
    return command.pieces.map(({ text, parameter, parameters }) => ({
      text,
      parameter: parameter ?? null,
      missing: false,
      ...(parameters && parameters.length > 0 ? { holds: parameters } : {}),
    }));
  }
  return command.pieces.flatMap((piece) =>
    piece.parameter === undefined
      ? cutTemplate(piece.text, new Set(command.parameters), new Set(command.missing))
      : [{ text: piece.text, parameter: piece.parameter, missing: command.missing.includes(piece.parameter) }],
  );
}

function cutTemplate(template: string, parameters: Set<string>, missing: Set<string>): CardPiece[] {
  const pieces: CardPiece[] = [];
  let text = '';
  let from = 0;
  const flush = () => {
    if (text) pieces.push({ text, parameter: null, missing: false });
    text = '';
  };
  for (const match of template.matchAll(PLACEHOLDER)) {
    text += template.slice(from, match.index);
    from = match.index + match[0].length;
    const name = match[1];
    if (name === undefined) text += match[0].charAt(0);
    else if (!parameters.has(name)) text += match[0];
    else {
      flush();
      pieces.push({ text: match[0], parameter: name, missing: missing.has(name) });
    }
  }
  text += template.slice(from);
  flush();
  return pieces;
}

/** Parameters of the command that have no place of their own in the text: they get a field below it. */
export function parametersBelow(pieces: CardPiece[], parameters: string[]): string[] {
  const shown = new Set(pieces.map((piece) => piece.parameter));
  return parameters.filter((name) => !shown.has(name));
}
