import { describe, expect, it } from 'vitest';
import { cardPieces, parametersBelow } from '../../../renderer/lib/pieces.ts';

describe('a command cut up for its card', () => {
  it('takes the pieces of a rendered command as the core cut them', () => {
    const pieces = cardPieces({
      text: "Get-X -Id 'a' -Filter 'b'",
      pieces: [
        { text: 'Get-X -Id ' },
        { text: "'a'", parameter: 'id' },
        { text: ' -Filter ' },
        { text: "'b'", parameters: ['name'] },
      ],
      parameters: ['id', 'name'],
      missing: [],
    });
    expect(pieces).toEqual([
      { text: 'Get-X -Id ', parameter: null, missing: false },
      { text: "'a'", parameter: 'id', missing: false },
      { text: ' -Filter ', parameter: null, missing: false },
      { text: "'b'", parameter: null, missing: false, holds: ['name'] },
    ]);
  });

  it('makes the places of an unfinished command fields, the missing ones known as such', () => {
    const pieces = cardPieces({
      text: null,
      pieces: [{ text: 'Get-X -Server {server} -Id {id} | Where {{ $_.Y }}' }],
      parameters: ['server', 'id'],
      missing: ['server'],
    });
    expect(pieces).toEqual([
      { text: 'Get-X -Server ', parameter: null, missing: false },
      { text: '{server}', parameter: 'server', missing: true },
      { text: ' -Id ', parameter: null, missing: false },
      { text: '{id}', parameter: 'id', missing: false },
      { text: ' | Where { $_.Y }', parameter: null, missing: false },
    ]);
  });

  it('leaves the name of a composed literal as text and gives its parameters fields below', () => {
    const pieces = cardPieces({ text: null, pieces: [{ text: 'find {filter}' }], parameters: ['cn'], missing: ['cn'] });
    expect(pieces).toEqual([{ text: 'find {filter}', parameter: null, missing: false }]);
    expect(parametersBelow(pieces, ['cn'])).toEqual(['cn']);
  });

  it('gives a parameter with a place in the text no second field', () => {
    const pieces = cardPieces({
      text: 'x',
      pieces: [{ text: 'x', parameter: 'a' }],
      parameters: ['a', 'b'],
      missing: [],
    });
    expect(parametersBelow(pieces, ['a', 'b'])).toEqual(['b']);
  });
});
