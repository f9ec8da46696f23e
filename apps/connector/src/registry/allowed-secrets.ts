import { normalize, sep } from 'node:path';
import { say, type Sentence } from '#words';

/** Which secrets targets may have: else a targets file could send away whatever the connector may read. */
export interface AllowedSecrets {
  /** Of the names of variables. */
  readonly prefix: string;
  /** Below it lie files with secrets; null: there are none. */
  readonly directory: string | null;
}

/** @param reference `env:NAME` or `file:/PATH` @returns why a target may not have it, null: it may */
export function secretProblem(reference: string, { prefix, directory }: AllowedSecrets): Sentence | null {
  if (reference.startsWith('env:')) {
    if (reference.startsWith(`env:${prefix}`)) return null;
    return say`Variables with secrets of targets begin with ${prefix}, for example env:${prefix}CRM`;
  }
  if (directory === null)
    return say`Secrets are read from files once SECRET_DIRECTORY says below which directory they are`;
  const path = reference.slice('file:'.length);
  if (path === normalize(path) && isBelow(path, directory)) return null;
  return say`Files with secrets of targets are below ${directory}, and their path has no ".."`;
}

export const isBelow = (path: string, directory: string): boolean =>
  path.startsWith(directory.endsWith(sep) ? directory : directory + sep);
