import type { NodeAnswer } from '#contracts';
import { refuse, run, sql, type Executor, type Refusal, type Sql } from '#platform';
import { hashedAttributes, schemeHash, type ConceptId, type Content, type Hash } from '#taxonomy';
import { say } from '#words';
import { besideNodes, nodeHash } from '../database/entry-row.ts';
import { atRevision } from '../reading/at-revision.ts';
import type { FoundRevision } from '../reading/find-revision.ts';

type Child = NodeAnswer['children'][number];
type OwnNode = Pick<NodeAnswer, 'code' | 'contentHash' | 'content' | 'hash'>;

/** @param conceptId null: the root */
export async function readNode(
  db: Executor,
  found: FoundRevision,
  conceptId: ConceptId | null,
): Promise<NodeAnswer | Refusal> {
  const { schemeId: scheme, number: revision } = found;
  const own = conceptId ? await entryNode(db, found, conceptId) : rootNode(found);
  if (!own) return notThere(found, conceptId);
  const below = conceptId ? sql`e.parent_id = ${conceptId}` : sql`e.parent_id is null`;
  const children = await run<Child>(
    db,
    sql`
    select e.concept_id as "conceptId", e.code, ${nodeHash} as hash
    from ${nodesOf(found)} and ${below}
    order by e.rank, e.concept_id`,
  );
  return { scheme, revision, conceptId, ...own, children };
}

async function entryNode(
  db: Executor,
  found: FoundRevision,
  conceptId: ConceptId,
): Promise<OwnNode | undefined> {
  const [stored] = await run<Content & { readonly contentHash: Hash; readonly hash: Hash }>(
    db,
    sql`
    select e.concept_id as "conceptId", e.code, e.titles, e.notes, e.attributes,
      encode(e.content_hash, 'hex') as "contentHash", ${nodeHash} as hash
    from ${nodesOf(found)} and e.concept_id = ${conceptId}`,
  );
  if (!stored) return undefined;
  const { contentHash, hash, ...said } = stored;
  const content = { ...said, attributes: hashedAttributes(said.attributes, found.edition.attributes) };
  return { code: said.code, contentHash, content, hash };
}

function rootNode({ schemeId, revision }: FoundRevision): OwnNode {
  return {
    code: null,
    contentHash: schemeHash(schemeId),
    content: null,
    hash: revision.contentHash.toString('hex'),
  };
}

/** Nodes keep their hash from the revision that made it to the one that changed something below. */
function nodesOf({ schemeId, number }: FoundRevision): Sql {
  return sql`entry e
    ${besideNodes(number)}
    where ${atRevision(schemeId, number)}`;
}

function notThere({ schemeId, number }: FoundRevision, conceptId: ConceptId | null): Refusal {
  return refuse('entry-unknown', {
    title: say`There is no such entry`,
    status: 404,
    detail: say`Revision ${number} of ${schemeId} has no concept ${conceptId ?? '–'}.`,
  });
}
