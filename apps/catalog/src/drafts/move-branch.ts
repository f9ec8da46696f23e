import type { Edit, MoveRequest } from '#contracts';
import { isRefusal, refuse, run, sql, type Executor, type ProblemDetail, type Refusal } from '#platform';
import { nameOf, parentCodeOf, type Code, type ConceptId, type Entry } from '#taxonomy';
import { say } from '#words';
import type { PersonId } from '../audit/person.ts';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import type { Done } from './change-draft.ts';
import { draftedEntries, readBranch } from './drafted-entries.ts';
import { applyEdits } from './edit-draft.ts';
import { findDrafted } from './find-drafted.ts';
import {
  belowItself,
  nextCodeBelow,
  problemsOfMove,
  renumber,
  type Destination,
  type Move,
} from './plan-move.ts';

/** As many as one request may edit. */
const maxBranch = 100_000;

/** What a move would do. */
export interface MovePlan extends Move {
  /** All that stands against it. */
  readonly problems: readonly ProblemDetail[];
  /** A code that is free below the new parent; null where codes do not follow from the parent's. */
  readonly freeCode: Code | null;
}

/** Looks at a move without making it. */
export async function planMove(
  db: Executor,
  draft: DraftRow,
  request: MoveRequest,
): Promise<MovePlan | Refusal> {
  const root = await findDrafted(db, draft, request.entry);
  if (isRefusal(root)) return root;
  const parent = await parentOf(db, draft, request, root);
  if (isRefusal(parent)) return parent;
  const branch = await readBranch(db, draft, root.conceptId);
  if (branch.length > maxBranch)
    return refuse('branch-too-large', {
      title: say`The branch is too large to be moved at once`,
      detail: say`It has ${branch.length} entries; ${maxBranch} can be moved at once.`,
    });
  const circle = belowItself(branch, parent);
  if (circle.length > 0) return { codes: [], problems: circle, freeCode: null };
  const siblings = await siblingCodes(db, draft, parent, root.conceptId);
  const freeCode = nextCodeBelow(draft.edition, parent?.code ?? null, siblings, root.code);
  const follows = request.code === undefined && parent?.conceptId !== root.parentId && root.code !== null;
  const to: Destination = { parent, code: request.code ?? (follows ? freeCode : null) ?? root.code };
  const move = renumber(draft.edition, branch, to);
  const heldBy = await holdersOutside(db, draft, branch, move);
  return { ...move, problems: problemsOfMove(draft.edition, to, move, heldBy), freeCode };
}

/** Does what was planned, unless something stands against it. */
export async function moveBranch(
  db: Executor,
  draft: DraftRow,
  { problems, freeCode, codes }: MovePlan,
  by: PersonId,
): Promise<Done | Refusal> {
  if (problems.length > 0)
    return refuse('move-refused', {
      title: say`The branch cannot be moved there`,
      problems,
      extensions: { freeCode },
    });
  const edits = codes.map(({ conceptId, parentId, to }): Edit => ({
    op: 'change',
    entry: conceptId,
    parent: parentId,
    ...(to === null ? {} : { code: to }),
  }));
  return applyEdits(db, draft, edits, by, 'branch-moved');
}

/** The new parent: named, or the holder of the code above the new one, or the present one. */
async function parentOf(
  db: Executor,
  draft: DraftRow,
  { parent, code }: MoveRequest,
  root: Entry,
): Promise<Destination['parent'] | Refusal> {
  if (parent === null) return null;
  const derived = code === undefined ? null : parentCodeOf(draft.edition, code);
  const named = parent ?? derived ?? root.parentId;
  if (named === null) return null;
  const found = await findDrafted(db, draft, named);
  if (!isRefusal(found) && found.state === 'retired')
    return refuse('parent-retired', {
      title: say`The new parent is retired in this draft`,
      detail: say`${nameOf(found)} is retired.`,
    });
  return found;
}

async function siblingCodes(
  db: Executor,
  draft: DraftRow,
  parent: Destination['parent'],
  root: ConceptId,
): Promise<(Code | null)[]> {
  if (parent === null) return [];
  const siblings = await run<{ code: Code | null }>(
    db,
    sql`
    select s.code from ${draftedEntries(draft, sql`e.parent_id = ${parent.conceptId}`)} s
    where s.state <> 'retired' and s.concept_id <> ${root}`,
  );
  return siblings.map(({ code }) => code);
}

async function holdersOutside(
  db: Executor,
  draft: DraftRow,
  branch: readonly Entry[],
  { codes }: Move,
): Promise<Map<string, ConceptId>> {
  const [own, given] = [branch.map(({ conceptId }) => conceptId), codes.map(({ to }) => to)];
  const held = await run<{ code: string; conceptId: ConceptId }>(
    db,
    sql`
    select h.code, h.concept_id as "conceptId" from ${draftedEntries(draft, sql`e.code = any(${given}::text[])`)} h
    where h.state <> 'retired' and h.concept_id <> all(${own}::uuid[])`,
  );
  return new Map(held.map(({ code, conceptId }) => [code, conceptId]));
}
