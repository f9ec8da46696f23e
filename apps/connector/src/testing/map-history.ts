import {
  diff,
  merkle,
  type CodeGrammar,
  type ConceptId,
  type Entries,
  type Entry,
  type SuccessionLink,
} from '#taxonomy';
import { codeSchema, conceptIdSchema, type ChangeEvent, type InForceEvent } from '#contracts';

export interface PublishedRevision {
  readonly inForce: InForceEvent;
  readonly changes: readonly ChangeEvent[];
}

const grammar: CodeGrammar = {
  separator: '.',
  levels: [1, 2, 3, 4, 5].map((depth) => ({
    depth,
    names: {},
    ...(depth > 1 ? { pattern: pattern(depth - 1) } : {}),
  })),
};

function pattern(segments: number): string {
  return `[A-Z]\\d+${'\\.\\d+'.repeat(segments - 1)}`;
}

/** A map that changes, published as the catalog publishes it: events, in order, with the hash of each revision. */
export class MapHistory {
  readonly revisions: PublishedRevision[] = [];
  private entries: Entries = new Map();

  constructor(readonly scheme: string) {}

  /** Publishes the next state of the map, and gives its events. @param links who takes whose place */
  publish(
    next: Entries,
    effectiveDate = '2024-01-01',
    links: readonly SuccessionLink[] = [],
  ): PublishedRevision {
    const revision = this.revisions.length + 1;
    const before = this.revisions.at(-1)?.inForce;
    const found = diff(this.entries, next, { grammar, successions: { links } });
    const changes = found.map((change, i): ChangeEvent => ({
      ...change,
      kinds: [...change.kinds],
      successors: [...change.successors],
      predecessors: [...change.predecessors],
      before: change.before && placed(change.before),
      after: change.after && placed(change.after),
      scheme: this.scheme,
      revision,
      effectiveDate,
      index: i + 1,
      count: found.length,
    }));
    const inForce: InForceEvent = {
      scheme: this.scheme,
      revision,
      effectiveDate,
      edition: 'test',
      changes: changes.length,
      contentHash: merkle(this.scheme, next.values()).root,
      base: before ? { revision: before.revision, contentHash: before.contentHash } : null,
      publishedAt: new Date().toISOString(),
    };
    this.entries = next;
    this.revisions.push({ inForce, changes });
    return { inForce, changes };
  }
}

type Placed = NonNullable<ChangeEvent['after']>;

const placed = (entry: NonNullable<ReturnType<typeof diff>[number]['after']>): Placed => ({
  ...entry,
  titles: { ...entry.titles },
  notes: { ...entry.notes },
  attributes: { ...entry.attributes },
  path: [...entry.path],
});

/** A concept id that is the same in every run: `conceptNumber(7)`. */
export function conceptNumber(n: number): ConceptId {
  return conceptIdSchema.parse(`${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`);
}

/**
 * Entries by lines such as `7 A1.1 Pianificazione`: number of the concept, code (`-` for none), title (none when
 * missing). The parent is the entry whose code is one segment shorter; below none, the entry without a code whose
 * title is the letter.
 */
export function mapOf(lines: readonly string[]): Map<ConceptId, Entry> {
  const read = lines.map((line) => {
    const [number = '', code = '', ...words] = line.split(' ');
    return {
      conceptId: conceptNumber(Number(number)),
      code: code === '-' ? null : codeSchema.parse(code),
      title: words.join(' '),
    };
  });
  const byCode = new Map<string, ConceptId>(
    read.map((entry) => [entry.code ?? entry.title, entry.conceptId]),
  );
  return new Map(
    read.map(({ conceptId, code, title }, rank) => {
      const parentKey = code?.includes('.') ? code.slice(0, code.lastIndexOf('.')) : code?.[0];
      const parentId = (code && byCode.get(parentKey ?? '')) ?? null;
      const titles = title ? { it: { official: title } } : {};
      return [conceptId, { conceptId, code, parentId, rank, titles, notes: {}, attributes: {} }];
    }),
  );
}

/**
 * A map with the shape of the official one: 449 entries with a code and four headings without; seven have no title, and
 * six entries stand below one of these.
 */
export function officialLikeMap(): string[] {
  const lines = ['1 - A', '2 - B', '3 - C', '4 - D'];
  const add = (code: string, title = `Titolo di ${code}`): void =>
    void lines.push(`${lines.length + 1} ${code} ${title}`);
  const coded = (): number => lines.length - 4;
  for (const macro of ['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'D1', 'D2', 'E1', 'F1', 'Z1']) {
    add(macro);
    for (let p = 1; p <= 3; p++) {
      add(`${macro}.${p}`);
      for (let s = 1; s <= 3; s++) {
        const isUntitled = macro === 'B2' && p === 1 && s === 1;
        add(`${macro}.${p}.${s}`, isUntitled ? '' : undefined);
        const leaves = isUntitled ? 6 : 2;
        for (let a = 1; a <= leaves; a++) add(`${macro}.${p}.${s}.${a}`);
      }
    }
  }
  for (let untitled = 1; untitled <= 6; untitled++) add(`Z1.3.3.${untitled + 2}`, '');
  for (let more = 1; coded() < 449; more++) add(`A1.1.1.${more + 2}`);
  return lines;
}
