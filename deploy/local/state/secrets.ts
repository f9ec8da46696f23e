import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, writeJson } from './json-file.ts';

const schema = z.object({ postgres: z.string(), catalog: z.string(), connector: z.string() });
export type Secrets = z.infer<typeof schema>;

/** Passwords of the administrator and of the applications' roles, made at the first start and kept. */
export function keptSecrets(home: string): Secrets {
  const file = join(home, 'secrets.json');
  const kept = readJson(file, schema);
  if (kept !== undefined) return kept;
  const secrets = { postgres: password(), catalog: password(), connector: password() };
  writeJson(file, secrets);
  return secrets;
}

function password(): string {
  return randomBytes(18).toString('base64url');
}
