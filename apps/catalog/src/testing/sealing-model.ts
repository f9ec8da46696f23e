/**
 * A map as the model sees it: a value for each field of each concept, `4.it`; a concept is there when it has a code. Beside
 * them stand who had each code last, `last A1`, and who took the place of each that ended, `ended 4`: nobody is an empty value.
 */
export type Fields = ReadonlyMap<string, string>;

/** One thing that a person asks for. Concepts are numbers: 1 to 3 of the first level, 4 to 6 below one of those. */
export type Ask =
  | { readonly what: 'text'; readonly field: string; readonly value: string }
  | { readonly what: 'create'; readonly concept: string; readonly code: string; readonly parent: string }
  | { readonly what: 'renumber'; readonly concept: string; readonly code: string }
  | { readonly what: 'move'; readonly concept: string; readonly parent: string }
  | { readonly what: 'retire'; readonly concept: string; readonly successor: string | null };

/** What a draft sets and retires, with what each field was when it was opened. */
export interface ModelDraft {
  readonly name: string;
  readonly edits: Fields;
  /** Concepts that it retires, each with its successor. */
  readonly retires: ReadonlyMap<string, string | null>;
  readonly before: Fields;
  /** How many revisions there were then. */
  readonly revisions: number;
  /** Codes that it took from other concepts, as somebody saw and accepted it then. */
  readonly reuses: ReadonlySet<string>;
}

interface ModelSeal extends ModelDraft {
  readonly day: number;
}

/**
 * What sealing promises, on plain maps of fields and without anything of the catalog: what is in force on each day.
 * Days are numbers; a set that has a field in conflict, makes no map any more, takes a code from somebody else than was
 * accepted, or changes nothing any more, is no longer sealed.
 */
export class SealingModel {
  today: number;
  isLoopRunning = true;
  readonly prepared: ModelDraft[] = [];
  sealed: ModelSeal[] = [];
  readonly timeline: { readonly day: number; readonly map: Fields }[];
  private drafts = 0;

  constructor(
    first: Fields,
    readonly firstDay: number,
  ) {
    this.today = firstDay;
    this.timeline = [{ day: firstDay, map: withHolders(first) }];
  }

  get head(): Fields {
    return this.timeline.at(-1)?.map ?? new Map();
  }

  onDay(day: number): Fields | undefined {
    const map = this.timeline.findLast((revision) => revision.day <= day)?.map;
    return map && new Map([...map].filter(([field]) => /^\d/.test(field)));
  }

  /** @returns null when nothing of it can be asked of the map in force */
  open(asks: readonly Ask[]): ModelDraft | null {
    const before = this.head;
    const edits = new Map<string, string>();
    const retires = new Map<string, string | null>();
    for (const ask of asks) put(ask, before, edits, retires);
    const draft = {
      name: `draft ${++this.drafts}`,
      edits,
      retires,
      before,
      revisions: this.timeline.length,
    };
    const merged = mergeFields({ ...draft, reuses: new Set() }, before);
    if (edits.size + retires.size === 0 || !merged || !isMap(merged, draft)) return null;
    return { ...draft, reuses: reusesIn(merged, before) };
  }

  /** @returns whether it comes into force */
  publish(draft: ModelDraft): boolean {
    this.comeIntoForce();
    const merged = draft.revisions === this.timeline.length ? merge(draft, this.head) : null;
    if (merged === null) return false;
    this.timeline.push({ day: this.today, map: merged });
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

const isThere = (concept: string, map: Fields): boolean => map.has(`${concept}.code`);
const conceptsIn = (map: Fields): string[] =>
  [...map.keys()].flatMap((field) => (field.endsWith('.code') ? (field[0] ?? []) : []));
const fieldsIn = (map: Fields, concept: string): string[] =>
  [...map.keys()].filter((field) => field.startsWith(`${concept}.`));

/** Takes up what is asked where the map has what it is about; of one concept, what was asked first. */
function put(
  ask: Ask,
  before: Fields,
  edits: Map<string, string>,
  retires: Map<string, string | null>,
): void {
  const concept = ask.what === 'text' ? (ask.field[0] ?? '') : ask.concept;
  if (retires.has(concept) || isThere(concept, before) === (ask.what === 'create')) return;
  if (ask.what === 'text') edits.set(ask.field, ask.value);
  else if (ask.what === 'retire') {
    if (fieldsIn(edits, concept).length === 0 && ask.successor !== concept)
      retires.set(concept, ask.successor);
  } else {
    if ('code' in ask) edits.set(`${concept}.code`, ask.code);
    if ('parent' in ask) edits.set(`${concept}.parent`, ask.parent);
    if (ask.what === 'create') edits.set(`${concept}.it`, 'a');
  }
}

/** The map after a draft; null when it is for a person, or nothing is left to change. */
function merge(draft: ModelDraft, base: Fields): Fields | null {
  const next = mergeFields(draft, base);
  const retires = new Map([...draft.retires].filter(([concept]) => isThere(concept, base)));
  if (next === null || !isMap(next, { retires }) || same(next, base)) return null;
  const isNewReuse = [...reusesIn(next, base)].some((reuse) => !draft.reuses.has(reuse));
  return isNewReuse ? null : withHolders(next);
}

/** Null when both changed a field otherwise, one changed what the other retired, or both retired for other successors. */
function mergeFields({ edits, retires, before }: ModelDraft, base: Fields): Map<string, string> | null {
  const next = new Map(base);
  for (const [field, mine] of edits) {
    const concept = field[0] ?? '';
    if (isThere(concept, before) && !isThere(concept, base)) return null;
    const [was, theirs] = [before.get(field), base.get(field)];
    if (mine === was || mine === theirs) continue;
    if (theirs !== was) return null;
    next.set(field, mine);
  }
  for (const [concept, successor] of retires) {
    if (!isThere(concept, base)) {
      if (base.get(`ended ${concept}`) !== (successor ?? '')) return null;
      continue;
    }
    const fields = new Set([...fieldsIn(before, concept), ...fieldsIn(base, concept)]);
    for (const field of fields) {
      if (before.get(field) !== base.get(field)) return null;
      next.delete(field);
    }
    next.set(`ended ${concept}`, successor ?? '');
  }
  return next;
}

/** Whether each code stands once, each parent is there, and so is each successor. */
function isMap(map: Fields, { retires }: Pick<ModelDraft, 'retires'>): boolean {
  const concepts = conceptsIn(map);
  const codes = new Set(concepts.map((concept) => map.get(`${concept}.code`)));
  const isPlaced = (concept: string) => {
    const parent = map.get(`${concept}.parent`);
    return parent === undefined || isThere(parent, map);
  };
  const isFollowed = (successor: string | null) => successor === null || isThere(successor, map);
  return (
    codes.size === concepts.length && concepts.every(isPlaced) && [...retires.values()].every(isFollowed)
  );
}

/** Codes given to a concept that another one had last: `4 A1 of 1`. */
function reusesIn(next: Fields, base: Fields): Set<string> {
  return new Set(
    conceptsIn(next).flatMap((concept) => {
      const code = next.get(`${concept}.code`) ?? '';
      const last = base.get(`last ${code}`);
      const isGiven = base.get(`${concept}.code`) !== code;
      return isGiven && last !== undefined && last !== concept ? [`${concept} ${code} of ${last}`] : [];
    }),
  );
}

/** With who has, or had last, each code. */
function withHolders(map: Fields): Fields {
  const next = new Map(map);
  for (const concept of conceptsIn(map)) next.set(`last ${map.get(`${concept}.code`)}`, concept);
  return next;
}

function same(a: Fields, b: Fields): boolean {
  return a.size === b.size && [...a].every(([field, value]) => b.get(field) === value);
}
