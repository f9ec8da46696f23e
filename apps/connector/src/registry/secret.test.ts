import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { secretEnvironment } from '../config.ts';
import { secretReader } from './secret.ts';

it('a secret is read from where its reference says, without the line end of a file', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'mappa-secret-'));
  writeFileSync(join(directory, 'crm'), 's3cr3t\n');
  const read = secretReader({ CRM: 'other' });
  expect(await read('env:CRM')).toBe('other');
  expect(await read(`file:${join(directory, 'crm')}`)).toBe('s3cr3t');
  rmSync(directory, { recursive: true });
});

it('a secret that is not there is named', async () => {
  const read = secretReader({ EMPTY: '' });
  await expect(read('env:NOWHERE')).rejects.toThrow('The secret env:NOWHERE is not there');
  await expect(read('env:EMPTY')).rejects.toThrow('env:EMPTY');
  await expect(read('file:/nowhere/at/all')).rejects.toThrow('file:/nowhere/at/all');
});

it("the sandbox's passwords are never known in production", () => {
  expect(secretEnvironment({ NODE_ENV: 'development' }, {})).toHaveProperty('SANDBOX_CRM_SECRET');
  expect(secretEnvironment({ NODE_ENV: 'production' }, { A: 'b' })).toEqual({ A: 'b' });
});
