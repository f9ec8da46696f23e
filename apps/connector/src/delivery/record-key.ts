import { conceptIdSchema } from '#contracts';
import type { StoredRecord } from '#targets';
import type { ConceptId } from '#taxonomy';

/** Which record of a concept. */
export interface RecordName {
  readonly conceptId: ConceptId;
  readonly generation: number;
}

/** Our key of a record: its concept id, with `:generation` from the second record on. */
export const keyFor = ({ conceptId, generation }: RecordName): string =>
  generation === 1 ? conceptId : `${conceptId}:${generation}`;

/** Whose key it is; anything else than `keyFor` gives is nobody's. */
export function keyOf({ key }: Pick<StoredRecord, 'key'>): RecordName | null {
  const [id, generation = '1'] = key?.split(':') ?? [];
  const conceptId = conceptIdSchema.safeParse(id);
  return conceptId.success && /^[1-9]\d{0,8}$/.test(generation)
    ? { conceptId: conceptId.data, generation: Number(generation) }
    : null;
}
