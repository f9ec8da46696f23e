import type { NodeAnswer } from '#contracts';
import { refuse, run, sql, type Executor, type Refusal, type Sql } from '#platform';
import { schemeHash, type Code, type ConceptId, type Hash } from '#taxonomy';
import { say } from '#words';
import { atRevision } from '../reading/at-revision.ts';
import type { FoundRevision } from '../reading/find-revision.ts';

interface StoredNode {
  readonly conceptId: ConceptId;
  readonly code: Code | null;
  readonly contentHash: Hash;
  readonly hash: Hash;
}

/** @param conceptId null: the root */
export async function readNode(
  db: Executor,
  found: FoundRevision,
  conceptId: ConceptId | null,
): Promise<NodeAnswer | Refusal> {
  const { schemeId: scheme, number: revision } = found;
  const own = conceptId ? await ownNode(db, found, conceptId) : rootNode(found);
  if (!own) return notThere(found, conceptId);
  const below = conceptId ? sql`e.parent_id = ${conceptId}` : sql`e.parent_id is null`;
  const nodes = await readNodes(db, found, below);
  const children = nodes.map((child) => ({ conceptId: child.conceptId, code: child.code, hash: child.hash }));
  return { scheme, revision, conceptId, ...own, children };
}

async function ownNode(
  db: Executor,
  found: FoundRevision,
  conceptId: ConceptId,
): Promise<StoredNode | undefined> {
  return (await readNodes(db, found, sql`e.concept_id = ${conceptId}`))[0];
}

function rootNode({ schemeId, revision }: FoundRevision): Omit<StoredNode, 'conceptId'> {
  return { code: null, hash: revision.contentHash.toString('hex'), contentHash: schemeHash(schemeId) };
}

/** Nodes keep their hash from the revision that made it to the one that changed something below. */
function readNodes(db: Executor, { schemeId, number }: FoundRevision, condition: Sql): Promise<StoredNode[]> {
  return run<StoredNode>(
    db,
    sql`
    select e.concept_id as "conceptId", e.code, encode(e.content_hash, 'hex') as "contentHash", encode(s.hash, 'hex') as hash
    from entry e
    join subtree s on s.concept_id = e.concept_id and s.from_revision <= ${number}
      and (s.to_revision is null or s.to_revision > ${number})
    where ${atRevision(schemeId, number)} and ${condition}
    order by e.rank, e.concept_id`,
  );
}

function notThere({ schemeId, number }: FoundRevision, conceptId: ConceptId | null): Refusal {
  return refuse('entry-unknown', {
    title: say`There is no such entry`,
    status: 404,
    detail: say`Revision ${number} of ${schemeId} has no concept ${conceptId ?? '–'}.`,
  });
}
