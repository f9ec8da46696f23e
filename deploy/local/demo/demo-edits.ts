/** What the demo needs of an entry. */
export interface DemoEntry {
  readonly conceptId: string;
  readonly code: string;
  readonly titles: Readonly<Record<string, { readonly official: string }>>;
}

/** The branches of the map that the demo edition changes, siblings in order of code. */
export interface DemoBranches {
  readonly retitled: DemoEntry;
  /** Its last two are renumbered, one after the other, and a new activity takes the code that this frees. */
  readonly chain: readonly DemoEntry[];
  /** Its last one is retired in favour of the one before, and a new activity follows, with the next number. */
  readonly renewed: readonly DemoEntry[];
}

/**
 * Edits of a demo edition: a retitle, a renumbering chain, a reuse of a code, a retirement and a new activity. They
 * follow from the map as it is, so that one demo edition can follow another.
 */
export function demoEdits({ retitled, chain, renewed }: DemoBranches, edition: string): object[] {
  const [last, beforeLast] = [chain.at(-1), chain.at(-2)];
  const [retired, successor] = [renewed.at(-1), renewed.at(-2)];
  if (!last || !beforeLast || !retired || !successor)
    throw new Error('The map is too small for a demo edition; begin anew with: npm start -- --fresh');
  const title = (text: string) => ({ it: { official: `${text} (${edition})` } });
  return [
    { op: 'change', entry: retitled.conceptId, titles: title(plainTitle(retitled)) },
    { op: 'change', entry: last.conceptId, code: following(last.code) },
    { op: 'change', entry: beforeLast.conceptId, code: last.code },
    { op: 'create', code: beforeLast.code, titles: title('Attività che riusa un codice') },
    { op: 'retire', entry: retired.conceptId, successors: [successor.conceptId] },
    { op: 'create', code: following(retired.code), titles: title('Nuova attività') },
  ];
}

/** `A1.1.2.4` -> `A1.1.2.5` */
export function following(code: string): string {
  return code.replace(/\d+$/, (digits) => String(Number(digits) + 1));
}

function plainTitle({ code, titles }: DemoEntry): string {
  return (titles['it']?.official ?? code).replace(/ \(demo \d+\)$/, '');
}
