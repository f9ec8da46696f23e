import { createHash } from 'node:crypto';
import type { Corrections, Edition } from '#contracts';
import { inTransaction, isRefusal, refuse, type Refusal } from '#platform';
import type { Finding } from '#taxonomy';
import { say } from '#words';
import type { DataSource } from 'typeorm';
import type { PersonId } from '../audit/person.ts';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { headOf, openDraft } from '../drafts/open-draft.ts';
import { fillOverlay } from '../drafts/overlay.ts';
import { importOfficialText } from './official-text.ts';

export interface ImportRequest {
  readonly schemeId: string;
  readonly edition: Edition;
  readonly corrections: Corrections;
  readonly document: Uint8Array;
  readonly by: PersonId;
}

export interface ImportedDraft {
  readonly draft: DraftRow;
  /** Every irregularity of the document, in order of line. */
  readonly report: readonly Finding[];
}

/** Reads a document into a draft of the first revision. With any error nothing is kept, and all of them are the answer. */
export async function importDocument(
  db: DataSource,
  { schemeId, edition, corrections, document, by }: ImportRequest,
): Promise<ImportedDraft | Refusal> {
  const { entries, findings } = importOfficialText(schemeId, edition, corrections, document);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    return refuse('document-refused', {
      title: say`The document cannot be imported`,
      detail: say`Nothing was changed.`,
      problems: errors.map(({ severity: _, ...problem }) => problem),
    });
  return inTransaction(db, async (transaction) => {
    if (await headOf(transaction, schemeId)) return matchingNeeded();
    const sourceSha256 = createHash('sha256').update(document).digest('hex');
    const draft = await openDraft(transaction, schemeId, by, { edition, sourceSha256 }, (id) =>
      fillOverlay(transaction, id, entries.values()),
    );
    return isRefusal(draft) ? draft : { draft, report: findings };
  });
}

function matchingNeeded(): Refusal {
  return refuse('scheme-has-revisions', {
    title: say`A document can be imported only as the first revision of a scheme`,
    status: 409,
    detail: say`Which of its entries are the published ones under another code must be decided by a person: create an import of the format official-text, send the document as its file, and decide its matches.`,
  });
}
