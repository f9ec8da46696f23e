import type { Capabilities, StoredRecord } from '#targets';
import type { ConceptId } from '#taxonomy';
import type { Rendered } from '../delivery/render.ts';

type Named = Pick<Rendered, 'code' | 'title'> & { readonly parentId: string | null };

/**
 * Which record of somebody else keeps its code, or its name, from a record of ours.
 * @param foreign records that are not ours
 * @param concepts of the records that are ours, by external id
 * @returns the external id of such a record
 */
export function foreignHolder(
  foreign: readonly StoredRecord[],
  { uniqueCodes, onlyNamesAreUnique }: Pick<Capabilities, 'uniqueCodes' | 'onlyNamesAreUnique'>,
  concepts: ReadonlyMap<string, ConceptId>,
): (wanted: Named) => string | undefined {
  if (!uniqueCodes) return () => undefined;
  const nameOf = (code: string, title: string, parent: string | null): string =>
    onlyNamesAreUnique ? JSON.stringify([code, title, parent]) : code;
  const holders = new Map(
    foreign.map(({ externalId, content: { code, title, parent } }) => [
      nameOf(code, title, parent === null ? null : (concepts.get(parent) ?? parent)),
      externalId,
    ]),
  );
  return ({ code, title, parentId }) => holders.get(nameOf(code, title, parentId));
}
