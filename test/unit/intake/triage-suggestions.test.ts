import { describe, expect, test } from 'vitest';
import { wizardSchema } from '../../../wizards/engine/schema.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { description, SAMPLE, viewer2003 } from '../../fixtures/events/compose.ts';
import { testLibrary } from '../../fixtures/events/library.ts';

const refusedRecipient = {
  ...SAMPLE,
  id: 7002 as const,
  peer: '192.0.2.84',
  command: 'rcpt',
  reply: '452 Too many ',
  full: 'RCPT TO:<a@contoso.com>',
};

describe('suggestions', () => {
  test('carry the step, the reason and the parameters that the evidence gives', () => {
    const { suggestions } = triage(testLibrary(), viewer2003(SAMPLE));
    expect(suggestions).toEqual([
      {
        wizard: 'entry',
        title: 'Wizard entry',
        step: 'second',
        score: 95,
        why: 'XEXCH50 was refused with 504.',
        parameters: {
          local_server: 'MAIL1',
          virtual_server: '1',
          remote_host: 'mail2.contoso.com',
          command: 'xexch50',
          reply: '504 Need to authenticate first',
        },
        apart: [],
        finding: 0,
      },
    ]);
  });

  test('name each wizard once, with its best trigger, best first', () => {
    const { suggestions } = triage(testLibrary(), `${description(refusedRecipient)}\n\n${description(SAMPLE)}`);
    expect(suggestions.map(({ wizard, score, finding }) => [wizard, score, finding])).toEqual([
      ['entry', 95, 1],
      ['reply-triage', 60, 0],
    ]);
  });

  test('begin at the start of the wizard when the trigger names no step', () => {
    const { suggestions } = triage(testLibrary(), description(refusedRecipient));
    expect(suggestions.map(({ wizard, step }) => [wizard, step])).toEqual([
      ['reply-triage', 'first'],
      ['entry', 'first'],
    ]);
  });

  test('leave out a value that its parameter refuses, and keep it in the finding', () => {
    const { findings, suggestions } = triage(
      testLibrary(),
      description({ ...SAMPLE, peer: '-x mail', virtualServer: 'one' }),
    );
    expect(findings[0]?.fields).toMatchObject({ remote_host: '-x mail', virtual_server: 'one' });
    expect(suggestions[0]?.parameters).toEqual({ command: 'xexch50', reply: '504 Need to authenticate first' });
  });

  test('survive a trigger whose pattern does not compile', () => {
    const broken = wizardSchema.parse({
      id: 'broken',
      version: 1,
      title: 'Broken',
      summary: 'Broken',
      start: 'end',
      steps: [
        { kind: 'return', id: 'end', title: 'End', result: 'clear', sources: ['RFC 5321'], certainty: 'confirmed' },
      ],
      triggers: [{ event: { reply: '([' }, score: 99, why: 'Broken.' }],
    });
    expect(triage(testLibrary(broken), description(SAMPLE)).suggestions.map((one) => one.wizard)).toEqual(['entry']);
  });

  test('prefer the finer wizard to the one that it is a part of', () => {
    const finer = wizardSchema.parse({
      id: 'finer',
      version: 1,
      title: 'Finer',
      summary: 'Finer',
      part_of: 'entry',
      start: 'end',
      steps: [
        { kind: 'return', id: 'end', title: 'End', result: 'clear', sources: ['RFC 5321'], certainty: 'confirmed' },
      ],
      triggers: [{ event: { source: 'msexchangetransport', id: [7004] }, score: 50, why: 'Finer.' }],
    });
    expect(triage(testLibrary(finer), description(SAMPLE)).suggestions.map((one) => one.wizard)).toEqual(['finer']);
  });
});

describe('a text without events', () => {
  test.each([
    ['nothing', '  \r\n ', /Nothing was pasted/],
    [
      'plain prose',
      'Our mail has been slow since Monday, what should I do?',
      /Neither an event nor a reply was recognised/,
    ],
    [
      'the explanation of an event',
      'The remote host indicates the fully qualified domain name of the remote server that responded to the command.',
      /Neither an event nor a reply/,
    ],
    ['a number alone', 'I see Event ID 7004 all day long.', /without its source/],
    ['bytes of a program', '\u0001\u0002MZ\u0090\u0003\u0000\u0004\uFFFD\uFFFD\u0000\u0000', /no text/],
  ])('%s gets a sentence that says what to do', (_, text, sentence) => {
    const { findings, suggestions, note } = triage(testLibrary(), text);
    expect(findings).toEqual([]);
    expect(suggestions).toEqual([]);
    expect(note).toMatch(sentence);
  });
});
