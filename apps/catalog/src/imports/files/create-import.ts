import type { Edition, ImportFileRequest } from '#contracts';
import { isRefusal, json, refuse, run, sql, type Refusal } from '#platform';
import { problemsOfIssues, say } from '#words';
import type { EntityManager } from 'typeorm';
import { appendAudit } from '../../audit/append-audit.ts';
import type { PersonId } from '../../audit/person.ts';
import { EditionRow } from '../../database/entities/edition.entity.ts';
import { headOf } from '../../drafts/open-draft.ts';
import { refuseLabel } from '../../publication/refuse-label.ts';
import { statedEdition } from '../../publication/stated-edition.ts';
import { findScheme } from '../../schemes/find-scheme.ts';
import { findFormat, formats } from '../formats/index.ts';
import { findImport, type ImportRecord } from './import-record.ts';
import { stopImport } from './stop-import.ts';

/**
 * Makes an import that waits for its file. One that it replaces is closed: what was decided about it is taken over, and
 * nothing more can be decided there. Call it in a transaction.
 */
export async function createImport(
  db: EntityManager,
  schemeId: string,
  { edition: stated, format, options, replaces }: ImportFileRequest,
  by: PersonId,
): Promise<ImportRecord | Refusal> {
  const scheme = await findScheme(db, schemeId);
  if (isRefusal(scheme)) return scheme;
  const earlier = replaces === undefined ? null : await findImport(db, replaces, 'lock');
  if (isRefusal(earlier)) return earlier;
  if (earlier && earlier.schemeId !== schemeId)
    return refuse('import-elsewhere', { title: say`The import that this one replaces is of another scheme` });
  const edition = stated
    ? await statedEdition(db, schemeId, stated, format)
    : ((earlier && (await broughtBy(db, earlier))) ?? (await editionInForce(db, schemeId)));
  if (!edition)
    return refuse('edition-needed', {
      title: say`The first import of a scheme brings its edition`,
      detail: say`Say it as "edition" beside the format: its label, day and levels. One that replaces another import has its edition.`,
    });
  const labelled = { schemeId, draftId: null, edition };
  const wrong = refuseOptions(format, options) ?? (await refuseLabel(db, labelled, 'published'));
  if (wrong) return wrong;
  const [created] = await run<{ id: string }>(
    db,
    sql`
    insert into import (scheme_id, edition, format, options, replaces, created_by)
    values (${schemeId}, ${json(edition)}, ${format}, ${json(options)}, ${replaces ?? null}, ${by}) returning id`,
  );
  if (!created) throw new Error('an insert gives its row');
  if (earlier && !['applied', 'stopped'].includes(earlier.state)) await stopImport(db, earlier.id, by);
  const details = { scheme: schemeId, edition: edition.label, format };
  await appendAudit(db, { actor: by, action: 'import-created', subject: `import/${created.id}`, details });
  return findImport(db, created.id);
}

/** The edition that an import brings; null when it was published, in whose place another may be. */
async function broughtBy(db: EntityManager, { schemeId, edition }: ImportRecord): Promise<Edition | null> {
  const isPublished = await db.existsBy(EditionRow, { schemeId, label: edition.label });
  return isPublished ? null : edition;
}

async function editionInForce(db: EntityManager, schemeId: string): Promise<Edition | null> {
  const head = await headOf(db, schemeId);
  return head && (await db.findOneByOrFail(EditionRow, { id: head.editionId })).definition;
}

function refuseOptions(name: string, options: unknown): Refusal | null {
  const format = findFormat(name);
  if (!format)
    return refuse('format-unknown', {
      title: say`Files of this format cannot be imported`,
      detail: say`There is no format "${name}"; there is ${formats.map((each) => each.name).join(', ')}.`,
    });
  const checked = format.options.safeParse(options);
  if (checked.success) return null;
  return refuse('options-refused', {
    title: say`The options are not those of the format`,
    problems: problemsOfIssues(checked.error.issues, ['options']),
  });
}
