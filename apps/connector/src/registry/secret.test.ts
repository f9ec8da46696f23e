import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inWords, recalled } from '#words';
import { secretEnvironment } from '../config.ts';
import { secretReader } from './secret.ts';

let outside: string;
let directory: string;
beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), 'mappa-secret-'));
  directory = join(outside, 'targets');
  mkdirSync(join(directory, '..data'), { recursive: true });
  writeFileSync(join(outside, 'other'), 'of somebody else');
  writeFileSync(join(directory, '..data/crm'), 's3cr3t\n');
  writeFileSync(join(directory, 'large'), 'x'.repeat(64 * 1024 + 1));
  symlinkSync('..data/crm', join(directory, 'crm'));
  symlinkSync('../other', join(directory, 'out'));
  symlinkSync('..', join(directory, 'up'));
});
afterAll(() => {
  rmSync(outside, { recursive: true });
});

const reader = (environment: Record<string, string> = {}) =>
  secretReader(environment, { prefix: 'TARGET_', directory });

it('a secret is read from where its reference says, without the line end of a file, also over links of its directory', async () => {
  const read = reader({ TARGET_CRM: 'other' });
  expect(await read('env:TARGET_CRM')).toBe('other');
  expect(await read(`file:${join(directory, 'crm')}`)).toBe('s3cr3t');
});

it('a secret that is not there is named', async () => {
  const read = reader({ TARGET_EMPTY: '' });
  await expect(read('env:TARGET_NO')).rejects.toThrow('The secret env:TARGET_NO is not there');
  await expect(read('env:TARGET_EMPTY')).rejects.toThrow('env:TARGET_EMPTY');
  await expect(read(`file:${directory}/no`)).rejects.toThrow(`file:${directory}/no is not there`);
});

it('what is no secret of targets is not read, also if it was registered', async () => {
  const read = reader({ DATABASE_URL: 'postgres://a:b@c/d' });
  await expect(read('env:DATABASE_URL')).rejects.toThrow('begin with TARGET_');
  await expect(read(`file:${outside}/other`)).rejects.toThrow(`are below ${directory}`);
  await expect(read(`file:${directory}/../other`)).rejects.toThrow('no ".."');
  const reason = await read('env:PATH').catch(({ message }: Error) => message);
  expect(inWords(recalled(reason), 'it')).toMatch(
    /^Il segreto env:PATH non viene letto: Le variabili .* TARGET_/,
  );
  const without = secretReader({}, { prefix: 'TARGET_', directory: null });
  await expect(without(`file:${directory}/crm`)).rejects.toThrow('SECRET_DIRECTORY');
});

it('no link leads out of the directory, and what is no file, or a large one, is no secret', async () => {
  for (const name of ['out', 'up/other', 'large', '..data'])
    await expect(reader()(`file:${directory}/${name}`)).rejects.toThrow('is not there');
});

it("the sandbox's passwords are never known in production", () => {
  expect(secretEnvironment({ NODE_ENV: 'development' }, {})).toHaveProperty('TARGET_SANDBOX_CRM');
  expect(secretEnvironment({ NODE_ENV: 'production' }, { A: 'b' })).toEqual({ A: 'b' });
});
