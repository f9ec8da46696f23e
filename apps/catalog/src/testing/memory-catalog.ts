import {
  finish,
  merkle,
  titleOf,
  type Code,
  type ConceptId,
  type Entry,
  type FormerHolder,
  type FormerHolders,
} from '#taxonomy';
import { findingKey } from '../review/finding-key.ts';
import { before, firstOutdated, restand, type SealedSet } from '../sealing/chain.ts';
import { standOn, type Base, type ChangesOfDraft } from '../sealing/stand-on.ts';
import type { SealingCatalog } from './sealing-commands.ts';
import type { Fields, ModelDraft } from './sealing-model.ts';
import { dayText, entriesOf, fieldsOf, historiesEdition, idOf } from './sealing-map.ts';

const scheme = 'memory';

/** The decisions of sealing on maps in memory: what the catalog decides, without its database. */
export class MemoryCatalog implements SealingCatalog {
  private readonly drafts = new Map<string, ChangesOfDraft & { readonly on: number }>();
  private readonly revisions: { readonly day: number; readonly base: Base }[];
  private sealed: (SealedSet & { readonly day: number })[] = [];
  private seals = 0;

  constructor(first: Fields, firstDay: number) {
    const entries = entriesOf(first);
    const contentHash = merkle(scheme, entries.values()).root;
    const base = {
      entries,
      contentHash,
      revision: 1,
      edition: historiesEdition,
      known: new Set(entries.keys()),
      freed: new Map(),
      ended: new Map(),
    };
    this.revisions = [{ day: firstDay, base }];
  }

  private get head(): Base {
    const last = this.revisions.at(-1);
    if (!last) throw new Error('no revision');
    return last.base;
  }

  async open({ name, edits, retires }: ModelDraft): Promise<void> {
    const { entries, revision: on } = this.head;
    const touched = new Set([...edits.keys(), ...retires.keys()].map((field) => idOf(field)));
    const next = entriesOf(new Map([...fieldsOf(entries.values()), ...edits]));
    const retired = new Set([...retires.keys()].map(idOf));
    const pick = (from: ReadonlyMap<ConceptId, Entry>) =>
      new Map([...from].filter(([id]) => touched.has(id)));
    const overlay = {
      entries: new Map([...pick(next)].filter(([id]) => !retired.has(id))),
      retired,
      successions: {
        links: [...retires].flatMap(([concept, successor]) =>
          successor === null ? [] : [{ predecessor: idOf(concept), successor: idOf(successor) }],
        ),
        decidedNone: new Set(
          [...retires].flatMap(([concept, successor]) => (successor ? [] : [idOf(concept)])),
        ),
      },
    };
    const edition = historiesEdition;
    const changes = {
      overlay,
      before: pick(entries),
      edition,
      baseEdition: edition,
      formerHolders: this.lastHolders,
      ended: new Map(),
      acknowledged: new Set<string>(),
    };
    const standing = finish(standOn(scheme, changes, this.head));
    const acknowledged = new Set(standing.holds ? [] : standing.findings.map(findingKey));
    this.drafts.set(name, { ...changes, acknowledged, on });
  }

  async publish(name: string, day: number): Promise<boolean> {
    await this.turn(day);
    const draft = this.draft(name);
    if (draft.on !== this.head.revision) return false;
    return this.comesIntoForce(draft, day);
  }

  async seal(name: string, forDay: number, today: number): Promise<boolean> {
    await this.turn(today);
    const draft = this.draft(name);
    const base = finish(
      restand(
        scheme,
        this.head,
        before(dayText(forDay), this.sealed).map((set) => this.asOfNow(set)),
      ),
    ).last;
    const standing = finish(standOn(scheme, this.asOfNow(draft), base));
    if (!standing.holds) return false;
    const { contentHash, next } = standing;
    const sealed = {
      sealedHash: contentHash,
      sealedOn: base.contentHash ?? '',
      sealedEdition: next.edition.label,
    };
    const sealedOnRevision = base.revision;
    const order = { effectiveDate: dayText(forDay), sealPosition: ++this.seals, version: 1, day: forDay };
    this.sealed.push({ ...draft, ...sealed, ...order, sealedOnRevision, id: name });
    this.sealed.sort((a, b) => a.day - b.day || a.sealPosition - b.sealPosition);
    this.reseal();
    return true;
  }

  async withdraw(name: string, today: number): Promise<boolean> {
    await this.turn(today);
    const left = this.sealed.filter(({ id }) => id !== name);
    const isWithdrawn = left.length < this.sealed.length;
    this.sealed = left;
    this.reseal();
    return isWithdrawn;
  }

  /** Nothing is written between reading and coming into force. */
  async foldWhile(_: number, between: () => Promise<void>): Promise<void> {
    await between();
  }

  async turn(today: number): Promise<void> {
    this.reseal();
    for (let [first] = this.sealed; first && first.day <= today; [first] = this.sealed) {
      if (first.sealedOn !== this.head.contentHash) throw new Error('it does not stand on what is in force');
      this.sealed.shift();
      if (!this.comesIntoForce(first, first.day)) throw new Error('a sealed set does not come into force');
      if (this.head.contentHash !== first.sealedHash) throw new Error('it is not the map that was sealed');
    }
  }

  async onDay(day: number): Promise<Fields | undefined> {
    const revision = this.revisions.findLast((each) => each.day <= day);
    return revision && fieldsOf(revision.base.entries.values());
  }

  async sealedNames(): Promise<string[]> {
    return this.sealed.map(({ id }) => id);
  }

  private asOfNow<D extends ChangesOfDraft>(draft: D): D {
    return { ...draft, formerHolders: this.lastHolders };
  }

  /** Who carried each code last, up to the revision in force. */
  private get lastHolders(): FormerHolders {
    return new Map(
      this.revisions.flatMap(({ base }) =>
        [...base.entries.values()].flatMap((entry): [Code, FormerHolder][] =>
          entry.code === null ? [] : [[entry.code, { conceptId: entry.conceptId, title: titleOf(entry) }]],
        ),
      ),
    );
  }

  private draft(name: string): ChangesOfDraft & { readonly on: number } {
    const draft = this.drafts.get(name);
    if (!draft) throw new Error(`no ${name}`);
    return draft;
  }

  private comesIntoForce(draft: ChangesOfDraft, day: number): boolean {
    const standing = finish(standOn(scheme, this.asOfNow(draft), this.head));
    const revision = this.head.revision + 1;
    if (standing.holds) this.revisions.push({ day, base: { ...standing.next, revision } });
    this.reseal();
    return standing.holds;
  }

  private reseal(): void {
    if (firstOutdated(this.head, this.sealed) < 0) return;
    const { standings } = finish(
      restand(
        scheme,
        this.head,
        this.sealed.map((set) => this.asOfNow(set)),
      ),
    );
    this.sealed = this.sealed.flatMap((set, i) => {
      const restood = standings[i];
      if (!restood?.standing.holds) return [];
      return [
        {
          ...set,
          sealedHash: restood.standing.contentHash,
          sealedOn: restood.on.contentHash ?? '',
          sealedOnRevision: restood.on.revision,
        },
      ];
    });
  }
}
