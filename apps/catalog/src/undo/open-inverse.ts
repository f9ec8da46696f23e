import { inTransaction, isRefusal, refuse, type Refusal } from '#platform';
import { diff, invert, isOnlyLinked, linksBetween, type ConceptId, type SuccessionLink } from '#taxonomy';
import { say } from '#words';
import type { DataSource } from 'typeorm';
import type { PersonId } from '../audit/person.ts';
import { DraftRow } from '../database/entities/draft.entity.ts';
import { openDraft } from '../drafts/open-draft.ts';
import { writeOverlay, writeSuccessions, type OverlayEntry } from '../drafts/overlay.ts';
import { findRevision } from '../reading/find-revision.ts';
import { readMapAt } from '../reading/read-map-at.ts';
import type { SchemeHistory } from '../resolve/scheme-histories.ts';

export interface Undoing {
  readonly history: SchemeHistory;
  /** `back-to`: everything since this revision is undone. `only`: this revision alone, as an erratum. */
  readonly undo: 'back-to' | 'only';
  readonly revision: number;
  readonly by: PersonId;
}

/**
 * Opens a draft with the inverse of what revisions changed. It goes through the same door as any other: review, approval,
 * publication. Undoing one revision of long ago stands on that revision, and is rebased onto what is in force.
 */
export async function openInverse(
  db: DataSource,
  { history, undo, revision, by }: Undoing,
): Promise<DraftRow | Refusal> {
  const { schemeId, index } = history;
  return inTransaction(db, async (transaction) => {
    const head = await findRevision(transaction, schemeId, history.head);
    if (isRefusal(head)) return head;
    const asked = revision > head.number ? await findRevision(transaction, schemeId, revision) : head;
    if (isRefusal(asked)) return asked;
    const [to, from] = undo === 'back-to' ? [revision, head.number] : [revision - 1, revision];
    if (to < 1 || to >= from || from > head.number) return refuseNothing(head.number);
    const [later, earlier] = [
      await findRevision(transaction, schemeId, from),
      await findRevision(transaction, schemeId, to),
    ];
    if (isRefusal(later)) return later;
    if (isRefusal(earlier)) return earlier;
    const brought = {
      ...(earlier.revision.editionId === later.revision.editionId ? {} : { edition: earlier.edition }),
      base: from,
      flags: undo === 'back-to' ? { rollbackTo: to } : { erratum: true },
    };
    return openDraft(transaction, schemeId, by, brought, async (id) => {
      const [then, now] = [
        await readMapAt(transaction, { schemeId, number: to }),
        await readMapAt(transaction, { schemeId, number: from }),
      ];
      const { links } = linksBetween(index, to, from);
      const successions = { links, decidedNone: new Set<ConceptId>() };
      const changes = invert(diff(then, now, { grammar: later.edition, successions }));
      const rows: OverlayEntry[] = [];
      for (const change of changes) {
        if (isOnlyLinked(change)) continue;
        const { conceptId, successors } = change;
        const [was, is] = [then.get(conceptId), now.get(conceptId)];
        const following = successors.filter((id) => then.has(id));
        // Whoever undoes a revision decides with it that what the revision brought has no successor of its own.
        if (was) rows.push(was);
        else if (is) rows.push({ ...is, retired: true, decidedNone: following.length === 0 });
      }
      // Whoever took over a part gives it back, also where nothing else of the two changes any more.
      const inverse = links.map((link): SuccessionLink => ({
        predecessor: link.successor,
        successor: link.predecessor,
      }));
      await writeOverlay(transaction, id, rows);
      await writeSuccessions(transaction, id, {
        of: inverse.map(({ predecessor }) => predecessor),
        to: [],
        links: inverse,
      });
    });
  });
}

function refuseNothing(head: number): Refusal {
  return refuse('nothing-to-undo', {
    title: say`There is nothing to undo`,
    status: 409,
    detail: say`In force is revision ${head}. Go back to one before it, or undo one after the first.`,
  });
}
