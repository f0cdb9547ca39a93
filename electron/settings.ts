/** What the app remembers between starts, in one small file of the data folder. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Settings } from './contract.ts';

const shape = z.object({
  operator: z.string().max(120).catch(''),
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  layout: z.record(z.string(), z.union([z.number(), z.boolean()])).catch({}),
  redaction: z
    .object({ on: z.boolean(), keep: z.array(z.string().max(300)), words: z.array(z.string().max(300)) })
    .catch({ on: false, keep: [], words: [] }),
});

export class SettingsFile {
  readonly #path: string;
  #settings: Settings | null = null;

  constructor(folder: string) {
    this.#path = join(folder, 'settings.json');
  }

  /** A missing or damaged file means the standard settings; they are small and nothing else is lost. */
  get(): Settings {
    this.#settings ??= this.#read();
    return this.#settings;
  }

  change(part: Partial<Settings>): Settings {
    const now = this.get();
    const layout = { ...now.layout, ...part.layout };
    this.#settings = { ...now, ...part, layout };
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(`${this.#path}.new`, `${JSON.stringify(this.#settings, null, 2)}\n`);
    renameSync(`${this.#path}.new`, this.#path);
    return this.#settings;
  }

  #read(): Settings {
    let stored: unknown = {};
    try {
      stored = JSON.parse(readFileSync(this.#path, 'utf8'));
    } catch {
      stored = {};
    }
    const settings = shape.parse(typeof stored === 'object' && stored !== null ? stored : {});
    return settings.operator ? settings : { ...settings, operator: userInfo().username };
  }
}
