import type { Finding } from '#taxonomy';

/** Name of a finding, by which a person acknowledges it: its own, or rule and code, `numbering-gap:A1.1.1.9`. */
export function findingKey({ key, rule, code }: Finding): string {
  if (key !== undefined) return key;
  return code === undefined ? rule : `${rule}:${code}`;
}
