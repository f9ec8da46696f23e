import { readFile, realpath, stat } from 'node:fs/promises';
import { asKept, say } from '#words';
import { isBelow, secretProblem, type AllowedSecrets } from './allowed-secrets.ts';

/** Reads what a reference names: `env:NAME` or `file:/PATH`. The value is never stored or logged. */
export type ReadSecret = (reference: string) => Promise<string>;

/** The secret is not there, or targets may not have it; the message names the reference, never a value. */
export class SecretMissing extends Error {}

const mostBytes = 64 * 1024;

/** @param environment variables that `env:` references may name @param allowed also of what was registered before it was set */
export function secretReader(
  environment: Readonly<Record<string, string | undefined>>,
  allowed: AllowedSecrets,
): ReadSecret {
  return async (reference) => {
    const problem = secretProblem(reference, allowed);
    if (problem) throw new SecretMissing(asKept(say`The secret ${reference} is not read: ${problem}`));
    const value = reference.startsWith('env:')
      ? environment[reference.slice('env:'.length)]
      : await readBelow(reference.slice('file:'.length), allowed.directory).catch(() => undefined);
    if (!value?.trim()) throw new SecretMissing(asKept(say`The secret ${reference} is not there`));
    return value.trim();
  };
}

/** Links may lead to other files of the directory, as those of Kubernetes do, and nowhere else. */
async function readBelow(path: string, directory: string | null): Promise<string | undefined> {
  if (directory === null) return undefined;
  const file = await realpath(path);
  if (!isBelow(file, await realpath(directory))) return undefined;
  const found = await stat(file);
  return found.isFile() && found.size <= mostBytes ? readFile(file, 'utf8') : undefined;
}
