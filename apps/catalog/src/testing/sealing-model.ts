/** A map as the model sees it: a value for each field. */
export type Fields = ReadonlyMap<string, string>;

/** What a draft sets, with what each field was when it was opened. */
export interface ModelDraft {
  readonly name: string;
  readonly edits: Fields;
  readonly before: Fields;
  /** How many revisions there were then. */
  readonly revisions: number;
}

interface ModelSeal extends ModelDraft {
  readonly day: number;
}

/**
 * What sealing promises, on plain maps of fields and without anything of the catalog: what is in force on each day.
 * Days are numbers; a set that has a field in conflict, or changes nothing any more, is no longer sealed.
 */
export class SealingModel {
  today = 0;
  isLoopRunning = true;
  readonly prepared: ModelDraft[] = [];
  sealed: ModelSeal[] = [];
  readonly timeline: { readonly day: number; readonly map: Fields }[];
  private drafts = 0;

  constructor(first: Fields) {
    this.timeline = [{ day: 0, map: first }];
  }

  get head(): Fields {
    return this.timeline.at(-1)?.map ?? new Map();
  }

  onDay(day: number): Fields | undefined {
    return this.timeline.findLast((revision) => revision.day <= day)?.map;
  }

  open(edits: Fields): ModelDraft {
    return {
      name: `draft ${++this.drafts}`,
      edits,
      before: new Map(this.head),
      revisions: this.timeline.length,
    };
  }

  /** @returns whether it comes into force */
  publish(draft: ModelDraft): boolean {
    this.comeIntoForce();
    if (draft.revisions !== this.timeline.length || merge(draft, this.head) === null) return false;
    this.timeline.push({ day: this.today, map: merge(draft, this.head) ?? this.head });
    this.restand();
    return true;
  }

  /** @returns whether it is sealed */
  seal(draft: ModelDraft, day: number): boolean {
    this.comeIntoForce();
    const earlier = this.sealed.filter((set) => set.day <= day);
    const base = earlier.reduce((map, set) => merge(set, map) ?? map, this.head);
    if (merge(draft, base) === null) return false;
    const later = this.sealed.filter((set) => set.day > day);
    this.sealed = [...earlier, { ...draft, day }, ...later];
    this.restand();
    return true;
  }

  withdraw(name: string): boolean {
    this.comeIntoForce();
    const left = this.sealed.filter((set) => set.name !== name);
    const isWithdrawn = left.length < this.sealed.length;
    this.sealed = left;
    this.restand();
    return isWithdrawn;
  }

  comeIntoForce(): void {
    for (let [first] = this.sealed; first && first.day <= this.today; [first] = this.sealed) {
      this.timeline.push({ day: first.day, map: merge(first, this.head) ?? this.head });
      this.sealed.shift();
    }
  }

  private restand(): void {
    let base = this.head;
    this.sealed = this.sealed.filter((set) => {
      const merged = merge(set, base);
      base = merged ?? base;
      return merged !== null;
    });
  }
}

/** The map after a draft; null when a field was changed by both otherwise, or nothing is left to change. */
function merge({ edits, before }: ModelDraft, base: Fields): Fields | null {
  const next = new Map(base);
  for (const [field, mine] of edits) {
    const [was, theirs] = [before.get(field), base.get(field)];
    if (mine === was || mine === theirs) continue;
    if (theirs !== was) return null;
    next.set(field, mine);
  }
  return same(next, base) ? null : next;
}

function same(a: Fields, b: Fields): boolean {
  return a.size === b.size && [...a].every(([field, value]) => b.get(field) === value);
}
