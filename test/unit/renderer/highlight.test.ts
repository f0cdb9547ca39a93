import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_MARKED, recognisedRanges } from '../../../renderer/lib/highlight.ts';
import type { Finding } from '../../../wizards/engine/triage.ts';

const finding = (fields: Record<string, string>, more: Partial<Finding> = {}): Finding => ({
  kind: 'event',
  id: '7004',
  source: 'MSExchangeTransport',
  title: '',
  line: 1,
  fields,
  local: null,
  remote: null,
  ...more,
});
const marked = (text: string, findings: Finding[]) =>
  recognisedRanges(text, findings).map((range) => text.slice(range.from, range.to));

describe('marking what was recognised in a pasted text', () => {
  it('marks the values where they stand', () => {
    const text = 'Source: MSExchangeTransport\nEvent ID: 7004\nThe remote host "mail2.contoso.com" said "504 Need".';
    expect(marked(text, [finding({ remote_host: 'mail2.contoso.com', reply: '504 Need' })])).toEqual([
      'MSExchangeTransport',
      '7004',
      'mail2.contoso.com',
      '504 Need',
    ]);
  });

  it('marks the sentence of a symptom, and not the name of its wizard', () => {
    const text = 'queue trouble\n> Mail hangs\n> in the queue. Thanks';
    const fields = { words: 'mail hangs', sentence: 'Mail hangs in the queue.' };
    const ended = { ...fields, sentence: 'Mail hangs in the…' };
    for (const one of [fields, ended]) {
      const found = marked(text, [finding(one, { kind: 'symptom', id: 'queue', source: 'sentence', line: 2 })]);
      expect(found.join()).toMatch(/^Mail hangs\n> in the/);
    }
  });

  it('finds a value that was wrapped, and wrapped in a quoted mail', () => {
    const text = '> with "504 Need to\n> authenticate first "';
    expect(marked(text, [finding({ reply: '504 Need to authenticate first' })])).toEqual([
      '504 Need to\n> authenticate first',
    ]);
  });

  it('marks a short number only behind a label, not anywhere', () => {
    const text = 'At 11:01 the virtual server ID 1, connection #29 failed 1 time';
    expect(
      recognisedRanges(text, [finding({ virtual_server: '1', connection: '29' }, { id: '', source: '' })]),
    ).toEqual([
      { from: 31, to: 32, field: 'virtual_server' },
      { from: 46, to: 48, field: 'connection' },
    ]);
  });

  it('looks for each finding in its own part of the text', () => {
    const text = 'host a.contoso.com\nhost b.contoso.com\nhost a.contoso.com';
    const findings = [
      finding({ remote_host: 'a.contoso.com' }, { line: 3, id: '', source: '' }),
      finding({ remote_host: 'b.contoso.com' }, { line: 2, id: '', source: '' }),
    ];
    expect(recognisedRanges(text, findings).map((range) => range.from)).toEqual([24, 43]);
  });

  it('leaves a text above the bound unmarked', () => {
    expect(recognisedRanges(`7004${' '.repeat(LONGEST_MARKED)}`, [finding({})])).toEqual([]);
  });

  it('never overlaps and stays inside whatever the values are', () => {
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.string(), fc.string()), (text, fields) => {
        let last = 0;
        for (const range of recognisedRanges(text, [finding(fields)])) {
          expect(range.from).toBeGreaterThanOrEqual(last);
          expect(range.to).toBeGreaterThan(range.from);
          last = range.to;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
