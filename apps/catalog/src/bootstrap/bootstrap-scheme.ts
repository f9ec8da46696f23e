import { isRefusal, type Refusal } from '#platform';
import type { Finding } from '#taxonomy';
import type { DataSource } from 'typeorm';
import { personOf, type PersonId } from '../audit/person.ts';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import type { RevisionRow } from '../database/entities/revision.entity.ts';
import { SchemeRow } from '../database/entities/scheme.entity.ts';
import { headOf } from '../drafts/open-draft.ts';
import { importDocument } from '../imports/import-document.ts';
import { today } from '../publication/effective-date.ts';
import { publish } from '../publication/publish.ts';
import { acknowledgeAll } from '../review/acknowledge-all.ts';
import { approve } from '../review/approve.ts';
import { submit } from '../review/submit.ts';
import type { EditionFolder } from './read-edition-folder.ts';

export interface Bootstrapped {
  readonly revision: RevisionRow;
  /** Absent when the scheme had a revision already, and nothing was done. */
  readonly report?: readonly Finding[];
}

/** The first publication of a scheme, by the named actor `bootstrap`, with the effective date that stands in `data/`. */
export async function bootstrapScheme(
  db: DataSource,
  folder: EditionFolder,
): Promise<Bootstrapped | Refusal> {
  const { scheme, edition, corrections, document } = folder;
  const head = await headOf(db.manager, scheme.id);
  if (head) return { revision: head };
  await db.createQueryBuilder().insert().into(SchemeRow).values(scheme).orIgnore().execute();
  const by = await personOf(db, { id: 'bootstrap' });
  const imported = await importDocument(db, { schemeId: scheme.id, edition, corrections, document, by });
  if (isRefusal(imported)) return imported;
  const draftId = imported.draft.id;
  const reviewed = await passReview(db, draftId, by);
  if (isRefusal(reviewed)) return reviewed;
  const published = await publish(db, {
    draftId,
    by,
    effectiveDate: edition.effectiveDate,
    today: today(new Date()),
  });
  return isRefusal(published) ? published : { revision: published.revision, report: imported.report };
}

/** The one draft that nobody else looks at: the corrections beside the document were reviewed instead. All of it is audited. */
async function passReview(db: DataSource, draftId: string, by: PersonId): Promise<DraftRow | Refusal> {
  const acknowledged = await acknowledgeAll(db, draftId, by);
  if (isRefusal(acknowledged)) return acknowledged;
  const submitted = await submit(db, draftId, by);
  return isRefusal(submitted) ? submitted : approve(db, { draftId, by, isBootstrap: true });
}
