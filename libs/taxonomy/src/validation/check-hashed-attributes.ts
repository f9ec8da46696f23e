import { say } from '#words';
import type { AttributeDefinition } from '../attribute.ts';
import type { Entry } from '../entry.ts';
import type { Finding } from '../finding.ts';
import { rules } from './rules.ts';

type Definitions = readonly AttributeDefinition[] | undefined;

/**
 * Findings on attributes that a new edition takes into the hash or out of it, while entries that stay as they are have them.
 * @param untouched entries of the base that keep the hash which they have
 */
export function checkHashedAttributes(
  before: Definitions,
  after: Definitions,
  untouched: Iterable<Pick<Entry, 'attributes'>>,
): Finding[] {
  const carriers = new Map<string, number>();
  for (const { attributes } of untouched)
    for (const name in attributes) carriers.set(name, 1 + (carriers.get(name) ?? 0));
  const rule = 'attribute-hash-changed';
  return [...carriers]
    .filter(([name]) => isHashed(name, before) !== isHashed(name, after))
    .map(([name, count]) => ({
      rule,
      severity: rules[rule].severity,
      key: `${rule}:${name}`,
      message: isHashed(name, after)
        ? say`The edition takes the attribute ${name} into the hash; entries that have it and that this draft does not touch: ${count}.`
        : say`The edition takes the attribute ${name} out of the hash; entries that have it and that this draft does not touch: ${count}.`,
    }));
}

function isHashed(name: string, definitions: Definitions = []): boolean {
  return definitions.find((each) => each.name === name)?.inHash ?? true;
}
