import type { Finding } from '#taxonomy';

/** Name of a finding, by which a person acknowledges it: `numbering-gap:A1.1.1.9` */
export function findingKey({ rule, code }: Finding): string {
  return code === undefined ? rule : `${rule}:${code}`;
}
