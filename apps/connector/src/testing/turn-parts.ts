import { codeFrom, type ConceptId } from '#taxonomy';
import type { LoadedEntry } from '../delivery/load-entries.ts';
import type { Link } from '../delivery/load-ledger.ts';
import type { RenderRules } from '../delivery/render.ts';

const hash = 'a'.repeat(64);

/** An entry in use, as a turn loads it. */
export const entry = (
  conceptId: ConceptId,
  code: string,
  parentId: ConceptId | null = null,
): LoadedEntry => ({
  conceptId,
  code: codeFrom(code),
  level: 1,
  titles: { it: { official: 'a' } },
  notes: 'n',
  lastNotes: null,
  parentId,
  parentCode: null,
  goneOn: null,
  since: '2026-01-01',
  pastCodes: null,
  pastParents: null,
  isChanged: true,
  titlesBefore: null,
  isShared: true,
});

/** A record of the ledger, with a hash that no content has. */
export const link = (conceptId: ConceptId, generation: number, state: Link['state'], code: string): Link => ({
  targetId: 't',
  conceptId,
  generation,
  state,
  code,
  externalId: `r${generation}`,
  parentId: null,
  hash,
  usedCode: code,
  usedNotes: 'n',
  foundCode: null,
});

/** Rules of a profile where records are succeeded, and deleted when they are retired. */
export const rules: RenderRules = {
  uniqueCodes: true,
  longestCode: 80,
  longestTitle: 80,
  language: 'it',
  missingTitle: 'show',
  policies: {
    renumbered: 'succeed',
    reused: 'succeed',
    redefined: 'succeed',
    retire: 'delete',
    drift: 'repair',
    driftLimit: 20,
  },
};
