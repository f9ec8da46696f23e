import { readFile } from 'node:fs/promises';

/** Reads what a reference names: `env:NAME` or `file:/PATH`. The value is never stored or logged. */
export type ReadSecret = (reference: string) => Promise<string>;

/** The secret is not there; the message names the reference, never a value. */
export class SecretMissing extends Error {}

/** @param environment variables that `env:` references may name */
export function secretReader(environment: Readonly<Record<string, string | undefined>>): ReadSecret {
  return async (reference) => {
    const value = reference.startsWith('env:')
      ? environment[reference.slice('env:'.length)]
      : await readFile(reference.slice('file:'.length), 'utf8').catch(() => undefined);
    if (!value?.trim()) throw new SecretMissing(`The secret ${reference} is not there`);
    return value.trim();
  };
}
