import { isRefusal, type Refusal } from '#platform';
import { diff, formerHoldersAt, linksBetween, type Change, type FormerHolders } from '#taxonomy';
import type { DataSource } from 'typeorm';
import { findRevision } from '../reading/find-revision.ts';
import type { SchemeHistory } from '../resolve/scheme-histories.ts';
import { readAroundDifferences } from './around-differences.ts';
import { formerConceptsAt } from './former-concepts.ts';

const none: FormerHolders = new Map();

/** All changes that turn one revision into another, earlier or later, with the successions that lead through those between. */
export async function compare(
  db: DataSource,
  { schemeId, index }: SchemeHistory,
  from: number,
  to: number,
): Promise<Change[] | Refusal> {
  const found = await findRevision(db.manager, schemeId, to);
  if (isRefusal(found)) return found;
  const successions = linksBetween(index, from, to);
  const { links } = successions;
  const named = [...new Set(links.flatMap(({ predecessor, successor }) => [predecessor, successor]))];
  const base = await readAroundDifferences(db, schemeId, from, { other: to, named });
  const next = await readAroundDifferences(db, schemeId, to, { other: from, named });
  const formerConcepts = formerConceptsAt(index, from, base, next);
  const formerHolders = from < to ? formerHoldersAt(index, next.values(), from) : none;
  return diff(base, next, { grammar: found.edition, successions, formerConcepts, formerHolders });
}
