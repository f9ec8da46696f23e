import { giveWay, isRefusal } from '#platform';
import {
  diff,
  formsTree,
  merkle,
  validateChanges,
  validateInSteps,
  type Entries,
  type Finding,
  type Steps,
  type Successions,
} from '#taxonomy';
import type { EntityManager } from 'typeorm';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { besideHash } from '../drafts/beside-hash.ts';
import type { ReviewSummary } from '../drafts/recent-reviews.ts';
import { titleLengths, type DraftGrammar, type Review } from '../drafts/review.ts';
import { findRevision, type FoundRevision } from '../reading/find-revision.ts';
import { readMapAt } from '../reading/read-map-at.ts';
import { readDraftMap } from './draft-map.ts';
import { readHistoryLinks, type Placement } from './placement.ts';
import { unknownPredecessors } from './unknown-predecessors.ts';

/**
 * What a historical edition says and what became of it: its changes lead from it to the revision that followed, so that
 * whatever is in that one no more is retired there, and needs somebody to take its place, or nobody.
 */
export async function reviewHistory(
  db: EntityManager,
  draft: DraftRow,
  { before }: Placement,
): Promise<Review & Pick<ReviewSummary, 'besideHash'>> {
  const follower = await findRevision(db, draft.schemeId, before);
  if (isRefusal(follower)) throw new Error(`revision ${before} of ${draft.schemeId} is not there any more`);
  const [map, after] = [await readDraftMap(db, draft), await readMapAt(db, follower)];
  const successions = await readHistoryLinks(db, draft.id);
  const reviewed = await giveWay(review(draft, map, successions, { ...follower, map: after }));
  return { ...reviewed, besideHash: besideHash({ entries: map, successions }) };
}

function* review(
  { schemeId, edition }: DraftRow,
  map: Entries,
  successions: Successions,
  follower: Pick<FoundRevision, 'number' | 'edition'> & { readonly map: Entries },
): Steps<Review> {
  const known = new Set((yield* check(follower.edition, follower.map)).map(({ key }) => key));
  const found = (yield* check(edition, map)).filter(
    ({ severity, key }) => severity === 'error' || !known.has(key),
  );
  yield;
  const isTree = formsTree(found);
  const changes = isTree ? diff(map, follower.map, { grammar: follower.edition, successions }) : [];
  yield;
  const context = { successions, base: map, next: follower.map, until: follower.number };
  return {
    changes,
    findings: [
      ...found,
      ...validateChanges(changes, context),
      ...unknownPredecessors(successions, map, follower.map),
    ],
    contentHash: isTree ? merkle(schemeId, map.values(), edition.attributes).root : null,
  };
}

function check(grammar: DraftGrammar, map: Entries): Steps<Finding[]> {
  const { attributes, source } = grammar;
  return validateInSteps(grammar, map, {
    attributes,
    marks: grammar,
    officialLanguage: source?.language,
    titleLengths,
  });
}
