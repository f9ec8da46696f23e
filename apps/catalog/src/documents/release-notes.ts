import { successionOf, type Change, type ConceptId, type Entry } from '#taxonomy';
import { byCode } from './by-code.ts';
import type { Comparison } from './load-comparison.ts';
import { namer } from './names.ts';
import { comparability } from './titles.ts';
import { wordsBetween, type Language, type SectionName, type Words } from './words.ts';

/** Text with codes that stand out. */
export type Phrase = readonly (string | { readonly code: string })[];

export interface NotesItem {
  readonly says: Phrase;
  readonly details: readonly Phrase[];
  /** What happened because of it. */
  readonly caused: { readonly intro: string; readonly items: readonly Phrase[] } | null;
}

export interface NotesSection {
  readonly title: string;
  readonly intro: string;
  readonly items: readonly NotesItem[];
}

/** Release notes before they become Markdown or HTML. */
export interface ReleaseNotes {
  readonly language: Language;
  readonly title: string;
  readonly subtitle: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly counts: readonly (readonly [number: number, what: string])[];
  readonly warning: NotesSection | null;
  readonly sections: readonly NotesSection[];
}

/**
 * What an admin of a chamber wants to know about a new revision: each change once, where people look for it. From a later
 * revision back to an earlier one they say what goes back.
 */
export function releaseNotes(comparison: Comparison, language: Language): ReleaseNotes {
  const { from, to, changes, backAt } = comparison;
  const say = wordsBetween(from.number, to.number, language);
  const teller = new Teller(comparison, language, say);
  const bySection = Map.groupBy(changes, (change) => teller.sectionOf(change));
  const told = sectionOrder.map((name) => {
    const changed = bySection.get(name) ?? [];
    const items = teller.itemsOf(name, changed);
    // A split is one, however many entries it has; what only follows its ancestor is told below that one, and is one.
    return { name, items, number: name === 'successions' ? items.length : changed.length };
  });
  const reused = changes.filter(({ codeReusedFrom }) => codeReusedFrom !== null);
  const describe = ({ edition, number, revision }: Comparison['from']) =>
    `${edition.label}, ${say.revision} ${number}, ${say.inForceFrom} ${day(revision.inForceFrom, language)}`;
  const title =
    to.edition.titles[language] ?? to.edition.titles[to.edition.source.language] ?? to.edition.label;
  return {
    language,
    title: say.notesTitle,
    subtitle: title,
    facts: [
      [say.from, describe(from)],
      [say.to, describe(to)],
      [say.hash, to.revision.contentHash.toString('hex')],
      ...(backAt === null || from.number > to.number
        ? []
        : [[say.leads, say.leadsBack(to.number, backAt)] as const]),
    ],
    counts: told.flatMap(({ name, number }) => {
      const [, , one, many] = say.sections[name];
      return number === 0 ? [] : [[number, number === 1 ? one : many] as const];
    }),
    warning:
      reused.length === 0
        ? null
        : {
            title: say.reusedTitle,
            intro: say.reusedIntro,
            items: reused.map((change) => teller.reuse(change)),
          },
    sections: told.flatMap(({ name, items }) => {
      const [title, intro] = say.sections[name];
      return items.length === 0 ? [] : [{ title, intro, items }];
    }),
  };
}

export function day(date: string, language: Language): string {
  const format = new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'UTC',
  });
  return format.format(new Date(`${date}T00:00:00Z`));
}

const sectionOrder: readonly SectionName[] = [
  'created',
  'returned',
  'successions',
  'retired',
  'relocated',
  'retitled',
  'others',
];

/** Tells changes of one comparison in one language. */
class Teller {
  private readonly comparison: Comparison;
  private readonly language: Language;
  private readonly say: Words;
  private readonly byConcept: ReadonlyMap<ConceptId, Change>;
  private readonly names: Readonly<Record<'from' | 'to', (entry: Entry) => string>>;
  private readonly caused: ReadonlyMap<ConceptId | null, readonly Change[]>;

  constructor(comparison: Comparison, language: Language, say: Words) {
    this.comparison = comparison;
    this.language = language;
    this.say = say;
    const { from, to, before, after } = comparison;
    this.names = {
      from: namer(before, language, from.edition, say),
      to: namer(after, language, to.edition, say),
    };
    this.byConcept = new Map(comparison.changes.map((change) => [change.conceptId, change]));
    this.caused = Map.groupBy(comparison.changes, ({ causedBy }) => causedBy);
  }

  sectionOf({ kinds, successionKind }: Change): SectionName {
    if (successionKind !== null) return 'successions';
    if (kinds.includes('created')) return 'created';
    if (kinds.includes('reactivated')) return 'returned';
    if (kinds.includes('retired')) return 'retired';
    if (kinds.includes('renumbered') || kinds.includes('moved')) return 'relocated';
    return kinds.includes('retitled') ? 'retitled' : 'others';
  }

  itemsOf(section: SectionName, changes: readonly Change[]): NotesItem[] {
    if (section === 'successions') return this.successions();
    // What only follows its ancestor is told below that one.
    return changes.filter((change) => !this.onlyFollows(change)).map((change) => this.item(change));
  }

  reuse(change: Change): NotesItem {
    const { before, after, formerly } = this.comparison;
    const { codeReusedFrom: from } = change;
    const former = from && !before.has(from) ? formerly.get(from) : undefined;
    const old = from && (before.get(from) ?? former);
    const when = former ? ` (${this.say.revision} ${former.through})` : '';
    const now = old && after.get(old.conceptId);
    const where: Phrase = now ? [` (${this.say.nowIn} `, this.code(now), ')'] : [];
    return {
      says: change.after ? [this.code(change.after)] : [],
      details: [
        ...(old ? [[`${this.say.was}${when}: ${this.quoted(old, 'from')}`, ...where]] : []),
        ...(change.after ? [[`${this.say.isNow}: ${this.quoted(change.after, 'to')}`]] : []),
      ],
      caused: null,
    };
  }

  private onlyFollows(change: Change): boolean {
    return (
      change.causedBy !== null &&
      this.byConcept.has(change.causedBy) &&
      change.kinds.every((kind) => kind === 'renumbered' || kind === 'reordered')
    );
  }

  private item(change: Change): NotesItem {
    const { before, after, kinds } = change;
    const entry = after ?? before;
    if (!entry) throw new Error(`a change of ${change.conceptId} says nothing`);
    const isRenumbered = before && after && before.code !== after.code;
    const details: Phrase[] = [];
    if (before && after && kinds.includes('moved'))
      details.push([
        `${this.say.below} `,
        ...this.parent(before, 'from'),
        ' → ',
        ...this.parent(after, 'to'),
      ]);
    if (before && kinds.includes('retitled'))
      details.push([`${this.say.newTitle}: ${this.quoted(before, 'from')}`]);
    if (kinds.includes('redefined')) details.push([this.say.notesChanged]);
    if (before && after && kinds.includes('attributes-changed'))
      details.push([`${this.say.attributesChanged}: ${changedNames(before, after).join(', ')}.`]);
    if (kinds.includes('reordered') && kinds.length === 1) details.push([this.say.orderChanged]);
    if (kinds.includes('retired')) details.push([this.say.noSuccessor]);
    details.push(...this.reasons([change.conceptId]), ...this.comparable(change));
    return {
      says: [
        ...(isRenumbered ? [this.code(before), ' → '] : []),
        ...this.named(entry, after ? 'to' : 'from'),
      ],
      details,
      caused: this.causedBy([change.conceptId]),
    };
  }

  private causedBy(concepts: readonly ConceptId[]): NotesItem['caused'] {
    const items = concepts
      .flatMap((id) => this.caused.get(id) ?? [])
      .filter((change) => this.onlyFollows(change))
      .map(({ before, after }): Phrase => [
        ...(before ? [this.code(before), ' → '] : []),
        ...(after ? this.named(after, 'to') : []),
      ]);
    return items.length === 0 ? null : { intro: `${this.say.because} (${items.length})`, items };
  }

  /** One item for all concepts that links connect. */
  private successions(): NotesItem[] {
    const { to, successions: between, before, after } = this.comparison;
    const { links, partlyEnded } = between;
    const inOrder = byCode(to.edition);
    const groups = new Set(successionOf(links, before, after, partlyEnded).values());
    return [...groups].map(({ kind, sources, targets }) => {
      const members = [...new Set([...sources, ...targets])];
      const list = (
        ids: readonly ConceptId[],
        entries: ReadonlyMap<ConceptId, Entry>,
        side: 'from' | 'to',
      ): Phrase =>
        ids
          .flatMap((id) => entries.get(id) ?? [])
          .sort(inOrder)
          .flatMap((entry, i) => {
            const goesOn = side === 'to' && before.has(entry.conceptId) ? ` (${this.say.continues})` : '';
            const name = `${entry.code === null ? '' : ' '}${this.quoted(entry, side)}${goesOn}`;
            return [...(i > 0 ? [' + '] : []), this.code(entry), name];
          });
      const change = [...targets, ...sources].map((id) => this.byConcept.get(id)).find(Boolean);
      return {
        says: [
          `${capital(this.say.outcomes[kind])}: `,
          ...list(sources, before, 'from'),
          ' → ',
          ...list(targets, after, 'to'),
          ...(sources.some((id) => partlyEnded.has(id)) ? [` + ${this.say.partEnds}`] : []),
        ],
        details: [...this.reasons(members), ...(change ? this.comparable(change) : [])],
        caused: this.causedBy(members),
      };
    });
  }

  private reasons(concepts: readonly ConceptId[]): Phrase[] {
    return concepts
      .flatMap((id) => this.comparison.reasons.get(id) ?? [])
      .map((reason) => [`${this.say.reason}: ${reason}`]);
  }

  private comparable(change: Change): Phrase[] {
    const text = comparability(change, this.comparison.to.edition, this.language, this.say);
    return text === null ? [] : [[text]];
  }

  private parent(entry: Entry, side: 'from' | 'to'): Phrase {
    const entries = side === 'from' ? this.comparison.before : this.comparison.after;
    const parent = entry.parentId ? entries.get(entry.parentId) : undefined;
    if (!parent) return [this.say.top];
    return this.named(parent, side);
  }

  private named(entry: Entry, side: 'from' | 'to'): Phrase {
    const name = this.names[side](entry);
    return entry.code === null ? [name] : [{ code: entry.code }, ` ${name}`];
  }

  private code({ code }: Pick<Entry, 'code'>): { code: string } | string {
    return code === null ? '' : { code };
  }

  private quoted(entry: Entry, side: 'from' | 'to'): string {
    return this.say.quoted(this.names[side](entry));
  }
}

function changedNames(before: Entry, after: Entry): string[] {
  const names = new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)]);
  return [...names].filter((name) => before.attributes[name] !== after.attributes[name]);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
