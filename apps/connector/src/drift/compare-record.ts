import type { ConceptId, Hash, Title } from '#taxonomy';
import type { Capabilities, StoredRecord } from '#targets';
import { renderedHash, titleFor, type Rendered, type RenderRules } from '../delivery/render.ts';

/** What the ledger says that a target acknowledged of a record. */
export interface Acknowledged {
  readonly key: string;
  readonly code: string;
  readonly parentId: ConceptId | null;
  readonly state: 'current' | 'ended';
  readonly hash: Hash;
}

/** What a target that does not store levels or last days may have been told: it can only be tried. */
export interface Unstored {
  readonly levels: readonly number[];
  readonly lastDays: readonly string[];
}

type Stores = Pick<Capabilities, 'storesLevel' | 'storesValidTo'>;

/**
 * Whether a record says what was acknowledged. What the target does not store is nobody's fault: the record is equal when
 * any value of it gives the acknowledged hash.
 * @param parent concept of the record that it stands below; undefined: that one is not ours
 */
export function saysWhatWasAcknowledged(
  { content }: StoredRecord,
  parent: ConceptId | null | undefined,
  hash: Hash,
  { storesLevel, storesValidTo }: Stores,
  unstored: Unstored,
): boolean {
  if (parent === undefined) return false;
  const { code, title, active } = content;
  const levels = storesLevel ? [content.level ?? 0] : unstored.levels;
  const days = storesValidTo ? [content.validTo] : active ? [null] : [null, ...unstored.lastDays];
  return levels.some((level) =>
    days.some((validTo) => renderedHash({ code, title, level, parentId: parent, active, validTo }) === hash),
  );
}

/** How a concept stood at some time. */
export interface Stood {
  readonly level: number;
  readonly titles: Readonly<Record<string, Title>>;
}

export interface AlteredField {
  readonly field: 'key' | 'code' | 'title' | 'level' | 'parent' | 'active' | 'validTo';
  readonly ours: string | number | boolean | null;
  readonly theirs: string | number | boolean | null;
}

/**
 * Field by field, for people. The ledger keeps a hash; what it stood for is found among the titles that the concept had. Where
 * none fits, only what the ledger says in words is compared.
 * @param parent as in `saysWhatWasAcknowledged`
 */
export function alteredFields(
  record: StoredRecord,
  parent: ConceptId | null | undefined,
  acknowledged: Acknowledged,
  stood: readonly Stood[],
  rules: RenderRules,
  { storesLevel, storesValidTo }: Stores,
  { lastDays }: Unstored,
): AlteredField[] {
  const { content } = record;
  const known = recall(acknowledged, stood, rules, lastDays);
  const ours = known ?? { code: acknowledged.code, active: acknowledged.state === 'current' };
  const { parentId } = acknowledged;
  const pairs: AlteredField[] = [
    { field: 'key', ours: acknowledged.key, theirs: record.key },
    { field: 'code', ours: ours.code, theirs: content.code },
    { field: 'active', ours: ours.active, theirs: content.active },
    ...(parent === parentId ? [] : [{ field: 'parent' as const, ours: parentId, theirs: content.parent }]),
    ...(known ? [{ field: 'title' as const, ours: known.title, theirs: content.title }] : []),
    ...(known && storesLevel ? [{ field: 'level' as const, ours: known.level, theirs: content.level }] : []),
    ...(known && storesValidTo
      ? [{ field: 'validTo' as const, ours: known.validTo, theirs: content.validTo }]
      : []),
  ];
  return pairs.filter((pair) => pair.field === 'parent' || pair.ours !== pair.theirs);
}

function recall(
  { code, parentId, state, hash }: Acknowledged,
  stood: readonly Stood[],
  rules: RenderRules,
  lastDays: readonly string[],
): Rendered | undefined {
  const active = state === 'current';
  for (const { level, titles } of stood) {
    const title = titleFor({ titles }, { ...rules, missingTitle: 'show' });
    if (typeof title !== 'string') continue;
    for (const validTo of active ? [null] : [null, ...lastDays]) {
      const content = { code, title, level, parentId, active, validTo };
      if (renderedHash(content) === hash) return content;
    }
  }
  return undefined;
}
