/** The installers' configuration, as electron-builder itself checks it before it builds. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const config = parse(readFileSync('electron-builder.yml', 'utf8'));
const builder = resolve('node_modules/app-builder-lib/out/util/config/config.js');
const { validateConfiguration } = createRequire(import.meta.url)(builder) as {
  validateConfiguration(config: unknown, log: { isEnabled: boolean }): Promise<void>;
};

test('it is as the schema of electron-builder wants it', async () => {
  await expect(validateConfiguration(config, { isEnabled: false })).resolves.toBeUndefined();
  await expect(validateConfiguration({ ...config, prodctName: 'x' }, { isEnabled: false })).rejects.toThrow(
    /prodctName/,
  );
});

test('every file that is packed beside the program exists', () => {
  expect(config.extraFiles.filter((file: string) => !existsSync(file))).toEqual([]);
});

test('the deb names a maintainer and a page that it brings itself', () => {
  expect(config.linux.maintainer).toMatch(/^[^<>]+ <[^<>@\s]+@[^<>@\s]+>$/);
  const brought = config.extraFiles.map((file: string) => `file:///opt/${config.productName}/${file}`);
  expect(brought).toContain(config.extraMetadata.homepage);
});
