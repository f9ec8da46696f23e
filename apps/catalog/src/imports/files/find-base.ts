import type { Edition } from '#contracts';
import { run, sql, type Executor } from '#platform';
import type { Finding } from '#taxonomy';
import { say, type Sentence } from '#words';
import type { RevisionRow } from '../../database/entities/revision.entity.ts';
import { findFollower } from '../../history/find-follower.ts';
import type { Origin } from '../origin.ts';
import type { ImportRecord } from './import-record.ts';
import type { RowsRead } from './gather-reads.ts';

/** The revision that the rows of a file are compared with, and what people are told of it. */
export interface FoundBase {
  readonly revision: number;
  /** The edition is from before the lowest revision. */
  readonly isHistory: boolean;
  readonly findings: readonly Finding[];
}

/**
 * The revision that a file was made from, when it says so and the revision is known here by number and hash: whatever
 * came into force since is then not taken for a change of the file. Else the revision in force, with a warning where a
 * file that may be old speaks of concepts by their ids. An edition from before the lowest revision known is compared with that
 * one: it is the next one to it, and what came later is not its matter. One between known revisions is told that it has no
 * place there.
 * @param head the revision in force
 */
export async function findBase(
  db: Executor,
  { schemeId, edition }: Pick<ImportRecord, 'schemeId' | 'edition'>,
  head: Pick<RevisionRow, 'number' | 'inForceFrom'>,
  read: Pick<RowsRead, 'origin' | 'rows'>,
): Promise<FoundBase> {
  const follower = await findFollower(db, schemeId, edition);
  if (follower !== null)
    return { revision: follower, isHistory: true, findings: [isHistory(edition.effectiveDate, follower)] };
  const { revision, findings } = await madeFrom(db, schemeId, head.number, read);
  const between = (await isBetween(db, schemeId, edition, head)) ? [hasNoPlace(edition, head)] : [];
  return { revision, isHistory: false, findings: [...between, ...findings] };
}

async function madeFrom(
  db: Executor,
  schemeId: string,
  head: number,
  { origin, rows }: Pick<RowsRead, 'origin' | 'rows'>,
): Promise<Pick<FoundBase, 'revision' | 'findings'>> {
  if (!rows.some(({ conceptId }) => conceptId !== null)) return { revision: head, findings: [] };
  if (!origin) return { revision: head, findings: head > 1 ? [originMissing(head)] : [] };
  const { revision, contentHash } = origin;
  const [known] = await run<{ contentHash: string }>(
    db,
    sql`
    select encode(content_hash, 'hex') as "contentHash" from revision
    where scheme_id = ${schemeId} and ${origin.scheme} = ${schemeId} and number = ${revision}`,
  );
  if (known?.contentHash !== contentHash)
    return { revision: head, findings: [originUnknown(whatDiffers(origin, schemeId, known), head)] };
  return { revision, findings: revision === head ? [] : [fileOutdated(revision, head)] };
}

async function isBetween(
  db: Executor,
  schemeId: string,
  { label, effectiveDate }: Edition,
  { inForceFrom }: Pick<RevisionRow, 'inForceFrom'>,
): Promise<boolean> {
  if (effectiveDate >= inForceFrom) return false;
  const known = await run(db, sql`select from edition where scheme_id = ${schemeId} and label = ${label}`);
  return known.length === 0;
}

const warning = (rule: string, message: Sentence): Finding => ({ rule, severity: 'warning', message });

const isHistory = (day: string, follower: number): Finding => ({
  rule: 'edition-historical',
  severity: 'note',
  message: say`The edition was valid from ${day}, before revision ${follower}, the lowest one known: it is taken for a historical edition, and its rows are compared with that revision.`,
});

const hasNoPlace = (
  { effectiveDate }: Edition,
  { number, inForceFrom }: Pick<RevisionRow, 'number' | 'inForceFrom'>,
): Finding =>
  warning(
    'edition-between',
    say`The edition was valid from ${effectiveDate}, between revisions that are known, and nothing is placed there. Its rows are compared with revision ${number}, and it can come into force from ${inForceFrom} on only.`,
  );

const fileOutdated = (revision: number, head: number): Finding =>
  warning(
    'file-outdated',
    say`The file was made from revision ${revision}, in force is revision ${head}. What others changed since stays as it is; what the file changes too is for a person to decide.`,
  );

const originMissing = (head: number): Finding =>
  warning(
    'origin-missing',
    say`The file has concept ids but does not say which revision it was made from (a CSV cannot). If it is older than revision ${head}, whatever was changed since counts as changed back by the file.`,
  );

const originUnknown = (differs: Sentence, head: number): Finding =>
  warning(
    'origin-unknown',
    say`${differs} The file is compared with revision ${head}: whatever differs counts as changed by it.`,
  );

function whatDiffers({ scheme, revision }: Origin, here: string, known: object | undefined): Sentence {
  if (scheme !== here)
    return say`The file says that it was made from revision ${revision} of the scheme ${scheme}, and this is ${here}.`;
  return known
    ? say`The file says that it was made from a revision ${revision} with another content hash than that of revision ${revision} here.`
    : say`The file says that it was made from revision ${revision}, which is not known here.`;
}
