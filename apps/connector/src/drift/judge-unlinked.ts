import type { ConceptId } from '#taxonomy';
import type { Capabilities, StoredRecord } from '#targets';
import type { RenderRules } from '../delivery/render.ts';
import { keyOf } from '../delivery/record-key.ts';
import { meantByEnded, type Ended, type Meant } from '../observation/ended-record.ts';
import type { Missing } from './find-missing.ts';

/** A generation of a concept that the ledger knows. */
export interface KnownGeneration {
  readonly conceptId: ConceptId;
  readonly generation: number;
  readonly isPending: boolean;
}

/** A record of ours beside the one that the ledger has; it gets a generation of its own, and ends. */
export interface Extra {
  readonly record: StoredRecord;
  readonly conceptId: ConceptId;
  readonly generation: number;
}

/** With what it meant, so that it means that still once it has ended; null: what its entry means. */
export type Meaningful = Extra & { readonly meant: Meant | null };

export interface Judged {
  readonly extras: readonly Extra[];
  /** Missing records in whose place somebody made another one under our key. */
  readonly replaced: ReadonlyMap<Missing, StoredRecord>;
  readonly foreign: readonly StoredRecord[];
}

/**
 * What the records are that carry a key of ours, and that the ledger does not have.
 * @param isOurs whether the map ever had a concept
 */
export function judgeUnlinked(
  unlinked: readonly StoredRecord[],
  missing: readonly Missing[],
  known: readonly KnownGeneration[],
  isOurs: (conceptId: ConceptId) => boolean,
): Judged {
  const absent = new Map(missing.map((link) => [name(link), link]));
  const taken = new Set(known.map(name));
  const pending = new Set(known.flatMap(({ isPending, conceptId }) => (isPending ? [conceptId] : [])));
  const last = new Map<ConceptId, number>();
  for (const { conceptId, generation } of known)
    last.set(conceptId, Math.max(last.get(conceptId) ?? 0, generation));
  const extras: Extra[] = [];
  const replaced = new Map<Missing, StoredRecord>();
  const foreign: StoredRecord[] = [];
  const homeless: { record: StoredRecord; conceptId: ConceptId }[] = [];
  for (const record of unlinked) {
    const key = keyOf(record);
    if (!key || !isOurs(key.conceptId)) {
      foreign.push(record);
      continue;
    }
    const gone = absent.get(name(key));
    // A record that is about to be made may be this one: delivery looks for it by its key.
    if (pending.has(key.conceptId)) continue;
    if (gone && !replaced.has(gone)) replaced.set(gone, record);
    else if (taken.has(name(key))) homeless.push({ record, conceptId: key.conceptId });
    else {
      taken.add(name(key));
      last.set(key.conceptId, Math.max(last.get(key.conceptId) ?? 0, key.generation));
      extras.push({ record, ...key });
    }
  }
  for (const { record, conceptId } of homeless) {
    const generation = (last.get(conceptId) ?? 0) + 1;
    last.set(conceptId, generation);
    extras.push({ record, conceptId, generation });
  }
  return { extras, replaced, foreign };
}

/**
 * A second record that has ended already stays what it is, where it is known what that is; else it is not touched. One in use ends
 * under the code that it has, where that was one of its concept; under the one that its entry has now it is that once more, and means
 * nothing of its own.
 * @param ended how the concepts stood until some day
 * @param codes that they have now
 */
export function giveMeaning(
  extras: readonly Extra[],
  ended: readonly Ended[],
  codes: ReadonlyMap<ConceptId, string>,
  rules: RenderRules,
  stores: Pick<Capabilities, 'storesLevel' | 'storesValidTo'>,
): { readonly extras: Meaningful[]; readonly unknown: StoredRecord[] } {
  const endedOf = Map.groupBy(ended, ({ conceptId }) => conceptId);
  const judged = extras.map((extra): Meaningful => {
    const past = endedOf.get(extra.conceptId) ?? [];
    const { code, active } = extra.record.content;
    if (!active) return { ...extra, meant: meantByEnded(extra.record, past, rules, stores) };
    const isCode =
      code !== codes.get(extra.conceptId) && past.some((each) => each.is === 'ended' && each.code === code);
    return { ...extra, meant: isCode ? { code, notes: null, says: null } : null };
  });
  const isKnown = ({ record, meant }: Meaningful): boolean => record.content.active || meant !== null;
  return {
    extras: judged.filter(isKnown),
    unknown: judged.flatMap((extra) => (isKnown(extra) ? [] : [extra.record])),
  };
}

const name = ({ conceptId, generation }: Pick<KnownGeneration, 'conceptId' | 'generation'>): string =>
  `${conceptId}:${generation}`;
