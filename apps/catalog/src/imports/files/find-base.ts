import { run, sql, type Executor } from '#platform';
import type { Finding } from '#taxonomy';
import { say, type Sentence } from '#words';
import type { ImportRecord } from './import-record.ts';
import type { RowsRead } from './read-rows.ts';

/** The revision that the rows of a file are compared with, and what people are told of it. */
export interface FoundBase {
  readonly revision: number;
  readonly findings: readonly Finding[];
}

/**
 * The revision that a file was made from, when it says so and the revision is known here by number and hash: whatever
 * came into force since is then not taken for a change of the file. Else the revision in force, with a warning where a
 * file that may be old speaks of concepts by their ids.
 * @param head number of the revision in force
 */
export async function findBase(
  db: Executor,
  { schemeId }: Pick<ImportRecord, 'schemeId'>,
  head: number,
  { origin, rows }: Pick<RowsRead, 'origin' | 'rows'>,
): Promise<FoundBase> {
  if (!rows.some(({ conceptId }) => conceptId !== null)) return { revision: head, findings: [] };
  if (!origin) return { revision: head, findings: head > 1 ? [originMissing(head)] : [] };
  const [known] = await run<{ number: number }>(
    db,
    sql`
    select number from revision
    where scheme_id = ${schemeId} and ${origin.scheme} = ${schemeId} and number = ${origin.revision}
      and encode(content_hash, 'hex') = ${origin.contentHash}`,
  );
  if (!known) return { revision: head, findings: [originUnknown(origin.revision, head)] };
  const { number: revision } = known;
  return { revision, findings: revision === head ? [] : [fileOutdated(revision, head)] };
}

const warning = (rule: string, message: Sentence): Finding => ({ rule, severity: 'warning', message });

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

const originUnknown = (revision: number, head: number): Finding =>
  warning(
    'origin-unknown',
    say`The file says that it was made from a revision ${revision} that is not known here. It is compared with revision ${head}: whatever differs counts as changed by the file.`,
  );
