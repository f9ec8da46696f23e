import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Code } from '#taxonomy';
import { policiesOf } from './policies.ts';
import { conceptNumber } from '../testing/map-history.ts';
import { markOfDesired, markOfRecords } from './in-step.ts';
import { render, renderedHash, type CodedEntry, type RenderRules } from './render.ts';

const rules: RenderRules = {
  uniqueCodes: true,
  longestCode: 80,
  longestTitle: 80,
  language: 'it',
  policies: policiesOf('crm', {}),
  missingTitle: 'refuse',
};
const entry = (n: number, title?: string): CodedEntry => ({
  conceptId: conceptNumber(n),
  code: `A${n}` as Code,
  level: 2,
  titles: title === undefined ? {} : { it: { official: title } },
  parentId: null,
});

it('two sets of records have one mark exactly when they hold the same, in whatever order', () => {
  const records = fc.uniqueArray(fc.tuple(fc.nat(20), fc.constantFrom('a', 'b', null)), {
    selector: ([n]) => n,
  });
  fc.assert(
    fc.property(records, records, (left, right) => {
      const hash = (set: typeof left) =>
        markOfRecords(set.map(([n, hash]) => ({ conceptId: conceptNumber(n), hash })));
      const text = (set: typeof left) =>
        set
          .map(([n, hash]) => `${n}${hash}`)
          .sort()
          .join();
      expect(hash(left) === hash(right)).toBe(text(left) === text(right));
      expect(hash(left.toReversed())).toBe(hash(left));
    }),
  );
});

it('a target is in step when it acknowledged what its profile makes of the map, and never while an entry cannot be said', () => {
  const entries = [entry(1, 'Uno'), entry(2, 'Due')];
  const acknowledged = entries.map((item) => {
    const content = render(item, rules);
    if ('reason' in content) throw new Error(content.reason);
    return { conceptId: item.conceptId, hash: renderedHash(content) };
  });
  expect(markOfRecords(acknowledged)).toBe(markOfDesired(entries, rules));
  expect(markOfRecords(acknowledged)).not.toBe(markOfDesired([...entries, entry(3)], rules));
});
