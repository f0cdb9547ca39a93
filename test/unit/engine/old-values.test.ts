import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capturedValue } from '../../../wizards/engine/captured-values.ts';
import { verdictVisit } from '../../../wizards/engine/model.ts';
import { captureInput, Player } from './player.ts';
import { smallLibrary } from './small-library.ts';

const library = smallLibrary();
const FLAG = library.parameters.get('flag');
const hash = (value: number) => String(value).padStart(64, '0');
const outputOf = (sha256: string) => `Flag : ${Number(sha256)}`;

/** A case about servers whose flag is read and changed; each output says the value of that moment. */
class Admin {
  readonly player = new Player(library, 'flags');
  readonly world: Record<string, number> = { MAIL1: 3, MAIL2: 1 };
  host = 'MAIL1';

  constructor() {
    this.on('MAIL1');
  }

  on(host: string): this {
    this.host = host;
    this.player.send({ type: 'set', name: 'remote_host', value: host });
    return this;
  }

  read(): this {
    const output = { sha256: hash(this.world[this.host] as number), bytes: 1 };
    this.player.send(captureInput('T1', null, { output, parameters: { remote_host: this.host } }));
    return this;
  }

  change(value: number, result = 'ok'): this {
    const parameters = { remote_host: this.host, flag: String(value) };
    this.player.send(captureInput('T2', null, { output: { sha256: hash(0), bytes: 1 }, parameters, result }));
    if (result === 'ok') this.world[this.host] = value;
    return this;
  }

  /** As in a console, where nothing is captured. */
  changeByHand(value: number): this {
    this.world[this.host] = value;
    return this;
  }

  choose(...outcomes: string[]): this {
    this.player.choose(...outcomes);
    return this;
  }

  back(to: number): this {
    this.player.send({ type: 'back', to });
    return this;
  }

  get oldValue(): string | null {
    return capturedValue(library, this.player.state, { command: 'T1', field: 'Flag' }, FLAG, outputOf);
  }
}

describe('the old value of what was changed', () => {
  test('stays the one from before the change when its branch was given up and the flag is read anew', () => {
    const admin = new Admin().read().choose('clear').change(7).back(1).read();
    expect(admin.oldValue).toBe('3');
  });

  test('is the one from before the first change, however many followed', () => {
    const admin = new Admin().read().choose('clear').change(7).read().back(1).read().choose('clear').change(5).read();
    expect(admin.oldValue).toBe('3');
  });

  test('is unknown when nobody looked before the change: what is read after it is the new one', () => {
    expect(new Admin().choose('clear').change(7).read().oldValue).toBeNull();
    expect(new Admin().choose('clear').change(7).back(1).read().oldValue).toBeNull();
  });

  test('is from before a change by hand too, once its step was answered', () => {
    const admin = new Admin().read().choose('clear').changeByHand(7).choose('not-verified').back(1).read();
    expect(admin.oldValue).toBe('3');
    const unseen = new Admin().choose('clear').changeByHand(7).choose('not-verified').back(1).read();
    expect(unseen.oldValue).toBeNull();
  });

  test('is not touched by a fix that was left, or by a line that the shell could not parse', () => {
    expect(new Admin().choose('clear', 'left').back(1).read().oldValue).toBe('3');
    expect(new Admin().choose('clear').change(7, 'parse-error').back(1).read().oldValue).toBe('3');
  });

  test('of one server is not the concern of a change on another', () => {
    const admin = new Admin().choose('clear').on('MAIL2').change(7).back(1).on('MAIL1').read();
    expect(admin.oldValue).toBe('3');
    expect(admin.on('MAIL2').read().oldValue).toBeNull();
  });

  test('comes from the live path where nothing was changed: a branch given up is not asked', () => {
    const admin = new Admin().read().choose('set').back(1);
    expect(admin.oldValue).toBeNull();
    admin.changeByHand(5).read();
    expect(admin.oldValue).toBe('5');
  });

  test('comes from a capture of a branch given up once that is used again', () => {
    const admin = new Admin().read().choose('set').back(1);
    const [capture = ''] = Object.keys(admin.player.state.captures);
    admin.player.send({ type: 'reuse', capture, reading: null });
    expect(admin.oldValue).toBe('3');
  });

  test('never brings an abandoned branch into the conclusion', () => {
    const admin = new Admin().read().choose('clear').change(7).back(1).read().choose('set');
    expect(verdictVisit(admin.player.state)?.target.step).toBe('fine');
    expect(admin.player.live).toEqual(['flags/flag', 'flags/fine']);
  });

  test('is never a value that a change of this case wrote, whatever the way', () => {
    const step = fc.oneof(
      fc.constant('read' as const),
      fc.constantFrom('MAIL1', 'MAIL2'),
      fc.constant('clear' as const),
      fc.integer({ min: 100, max: 999 }),
      fc.record({ back: fc.integer({ min: 1, max: 6 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const admin = new Admin();
        const before: Record<string, number> = { ...admin.world };
        const seen = new Set<string>();
        const changed = new Set<string>();
        for (const each of steps) {
          if (each === 'read') {
            admin.read();
            if (!changed.has(admin.host)) seen.add(admin.host);
          } else if (each === 'clear') admin.player.try({ type: 'choose', outcome: 'clear' });
          else if (typeof each === 'string') admin.on(each);
          else if (typeof each === 'object') admin.player.try({ type: 'back', to: each.back });
          else {
            admin.change(each);
            changed.add(admin.host);
          }
          const expected = seen.has(admin.host) ? String(before[admin.host]) : null;
          if (changed.has(admin.host)) expect(admin.oldValue).toBe(expected);
          else expect([expected, null]).toContain(admin.oldValue);
        }
      }),
      { numRuns: 300 },
    );
  });
});
