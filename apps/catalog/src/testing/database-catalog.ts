import { randomUUID } from 'node:crypto';
import type { Edit } from '#contracts';
import { inTransaction, isRefusal, run, sql, type Refusal } from '#platform';
import { conceptIdFrom, type ConceptId, type Entry } from '#taxonomy';
import type { DataSource } from 'typeorm';
import { entryColumns } from '../database/entry-row.ts';
import { SchemeRow } from '../database/entities/scheme.entity.ts';
import { editDraft } from '../drafts/edit-draft.ts';
import { openDraft, type NewEdition } from '../drafts/open-draft.ts';
import { acknowledge } from '../review/acknowledge.ts';
import { cutOver } from '../sealing/cut-over.ts';
import { foldIn, readFold } from '../sealing/fold-in.ts';
import { publishOrSeal, withdraw } from '../sealing/publish-or-seal.ts';
import { reseal } from '../sealing/reseal.ts';
import { listSealed } from '../sealing/read-chain.ts';
import { approver, editor } from './people.ts';
import { approveDraft, publishDraft } from './publish-draft.ts';
import { firstInstantOf } from './rome-instants.ts';
import type { SealingCatalog } from './sealing-commands.ts';
import { dayText, entriesOf, fieldsOf, firstDays, idOf, sealingEdition } from './sealing-map.ts';
import type { Fields, ModelDraft } from './sealing-model.ts';

/** A scheme of its own in a real catalog, as people and the loop act on it. */
export class DatabaseCatalog implements SealingCatalog {
  private readonly draftIds = new Map<string, string>();
  readonly schemeId = `s-${randomUUID().slice(0, 8)}`;
  private readonly prefix = randomUUID().slice(0, -1);

  private constructor(private readonly db: DataSource) {}

  static async of(
    db: DataSource,
    first: Fields,
    edition = sealingEdition,
    firstDay = 0,
  ): Promise<DatabaseCatalog> {
    const catalog = new DatabaseCatalog(db);
    await db.manager.insert(SchemeRow, {
      id: catalog.schemeId,
      titles: { it: 'Prova' },
      languages: ['it', 'en'],
    });
    const edits = [...entriesOf(first).values()].map(({ conceptId, code, titles, notes }): Edit => ({
      op: 'create',
      conceptId: catalog.idFor(conceptId),
      code,
      titles,
      notes,
    }));
    const draftId = await catalog.draftWith(edits, { edition });
    accepted(await publishDraft(db, draftId, dayText(firstDay)));
    return catalog;
  }

  async open({ name, edits, retires, before }: ModelDraft): Promise<void> {
    const touched = new Set([...edits.keys()].map((field) => field[0] ?? ''));
    const entries = entriesOf(new Map([...before, ...edits]));
    const changes = [...touched].flatMap((concept): Edit[] => {
      const entry = entries.get(idOf(concept));
      if (!entry) return [];
      const { titles, notes } = entry;
      const conceptId = this.idFor(entry.conceptId);
      const parent = entry.parentId && this.idFor(entry.parentId);
      const place = {
        ...(edits.has(`${concept}.code`) && { code: entry.code }),
        ...(edits.has(`${concept}.parent`) && { parent }),
      };
      return before.has(`${concept}.code`)
        ? [{ op: 'change', entry: conceptId, titles, notes, ...place }]
        : [{ op: 'create', conceptId, titles, notes, code: entry.code, ...place }];
    });
    const ends = [...retires].map(([concept, successor]): Edit => ({
      op: 'retire',
      entry: this.idFor(idOf(concept)),
      successors: successor === null ? [] : [this.idFor(idOf(successor))],
    }));
    this.draftIds.set(name, await this.approved([...changes, ...ends]));
  }

  /** Id of an approved draft with these edits. Codes that change are accepted for any day that a test may choose. */
  async approved(edits: readonly Edit[], brought?: NewEdition): Promise<string> {
    const draftId = await this.draftWith(edits, brought);
    if (edits.some(changesCodes)) accepted(await acknowledge(this.db, draftId, anyDay, editor));
    await approveDraft(this.db, draftId);
    return draftId;
  }

  /** Publishes an approved draft on a day, or seals it for a later one. */
  async publishOn(draftId: string, today: number, forDay = today): Promise<void> {
    const asked = { draftId, by: approver, now: momentOf(today), effectiveDate: dayText(forDay) };
    accepted(await publishOrSeal(this.db, asked));
  }

  async publish(name: string, day: number): Promise<boolean> {
    const asked = { draftId: this.draftId(name), by: approver, now: momentOf(day) };
    return !isRefusal(await publishOrSeal(this.db, asked));
  }

  async seal(name: string, forDay: number, today: number): Promise<boolean> {
    const asked = { draftId: this.draftId(name), by: approver, now: momentOf(today) };
    return !isRefusal(await publishOrSeal(this.db, { ...asked, effectiveDate: dayText(forDay) }));
  }

  async withdraw(name: string, today: number): Promise<boolean> {
    return !isRefusal(await withdraw(this.db, this.draftId(name), approver, { now: momentOf(today) }));
  }

  async foldWhile(today: number, between: () => Promise<void>): Promise<void> {
    const [first] = await listSealed(this.db.manager, this.schemeId);
    const fold = first && (await readFold(this.db.manager, first));
    await between();
    if (fold) await foldIn(this.db, fold, dayText(today));
  }

  async turn(today: number): Promise<void> {
    await cutOver(this.db, this.schemeId, momentOf(today));
  }

  async onDay(day: number): Promise<Fields | undefined> {
    const [inForce] = await run<{ number: number | null }>(
      this.db,
      sql`select max(number) as number from revision where scheme_id = ${this.schemeId} and in_force_from <= ${dayText(day)}`,
    );
    if (inForce?.number == null) return undefined;
    const entries = await run<Entry>(
      this.db,
      sql`select ${entryColumns} from entry e where e.scheme_id = ${this.schemeId} and e.live @> ${inForce.number}::int`,
    );
    return fieldsOf(entries);
  }

  /** A publication does not wait for what is sealed; whoever acts next brings it onto the new map first. */
  async sealedNames(): Promise<string[]> {
    await reseal(this.db, this.schemeId, new Date());
    const names = new Map([...this.draftIds].map(([name, id]) => [id, name]));
    return (await listSealed(this.db.manager, this.schemeId)).map(({ id }) => names.get(id) ?? id);
  }

  private idFor(conceptId: ConceptId): ConceptId {
    return conceptIdFrom(this.prefix + (conceptId.at(-1) ?? ''));
  }

  private draftId(name: string): string {
    return this.draftIds.get(name) ?? randomUUID();
  }

  /** Id of an open draft with these edits. */
  async draftWith(edits: readonly Edit[], brought?: NewEdition): Promise<string> {
    const draft = accepted(
      await inTransaction(this.db, (transaction) => openDraft(transaction, this.schemeId, editor, brought)),
    );
    return accepted(await editDraft(this.db, draft.id, edits, editor)).id;
  }
}

const changesCodes = (edit: Edit): boolean => edit.op !== 'change' || edit.code !== undefined;
const anyDay = firstDays.flatMap((first) =>
  Array.from({ length: 150 }, (_, day) => `accounting-year:${dayText(first + day)}`),
);

/** The first or the last second of a Europe/Rome day, in turn. */
function momentOf(day: number): Date {
  return day % 2 === 0
    ? firstInstantOf(dayText(day))
    : new Date(firstInstantOf(dayText(day + 1)).getTime() - 1_000);
}

function accepted<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(JSON.stringify(answer));
  return answer;
}
