import type { Edition } from '#contracts';
import { languageSchema } from '#contracts';
import { codeFrom, conceptIdFrom, type Finding, type Note, type Title } from '#taxonomy';
import { say, type Sentence } from '#words';
import { z } from 'zod';
import { usualCase } from '../../../skos/language-tag.ts';
import type { ImportedRow } from '../../imported-row.ts';
import type { GatheredConcept, Label } from './gathered-concept.ts';
import type { SkosOptions } from './skos-options.ts';

/** A concept as a row, still without its key and parent; and what is wrong with it. */
export interface ConceptRow {
  readonly row: Omit<ImportedRow, 'key' | 'parent'>;
  readonly findings: readonly Finding[];
}

export function rowOfConcept(edition: Edition, options: SkosOptions, concept: GatheredConcept): ConceptRow {
  const findings: Finding[] = [];
  const find = (rule: string, message: Sentence): void => {
    findings.push({ rule, severity: 'error', message, ...lineOf(concept) });
  };
  const languages = new Languages(edition, [...concept.languageTags], (tag) =>
    find('language-form', say`"${tag}" of ${concept.iri} is not a language tag.`),
  );
  const one = (
    labels: readonly Label[],
    duplicate: (times: number, language: string) => Sentence,
  ): Map<string, string> => {
    const byLanguage = Map.groupBy(labels, ({ language }) => languages.of(language));
    for (const [language, texts] of byLanguage)
      if (texts.length > 1) find('label-duplicate', duplicate(texts.length, language));
    return new Map([...byLanguage].map(([language, texts]) => [language, join(texts)]));
  };
  const all = (labels: readonly Label[]): Map<string, string> => {
    const byLanguage = Map.groupBy(labels, ({ language }) => languages.of(language));
    return new Map([...byLanguage].map(([language, texts]) => [language, join(texts)]));
  };
  const row = {
    conceptId: idOf(concept, find),
    code: codeOf(concept, options, find),
    rank: concept.rank,
    titles: titlesOf(
      one(
        concept.official,
        (times, language) => say`${concept.iri} has ${times} preferred labels in "${language}".`,
      ),
      one(
        concept.short,
        (times, language) => say`${concept.iri} has ${times} short titles in "${language}".`,
      ),
      (language) =>
        find('title-missing', say`${concept.iri} has a short title in "${language}" and no other.`),
    ),
    notes: notesOf(
      { includes: all(concept.includes), excludes: all(concept.excludes), guidance: all(concept.guidance) },
      [...concept.emptyNotes],
    ),
    attributes: Object.fromEntries(concept.attributes),
    ...lineOf(concept),
  };
  if (concept.rank !== null && !Number.isSafeInteger(concept.rank))
    find('rank-form', say`The rank of ${concept.iri} is not a whole number.`);
  if (concept.attributes.length > Object.keys(row.attributes).length)
    find('attribute-duplicate', say`${concept.iri} has two values for one attribute.`);
  return { row, findings };
}

export function lineOf({ line }: GatheredConcept): { line?: number } {
  return line === undefined ? {} : { line };
}

type Find = (rule: string, message: Sentence) => void;

function idOf({ iri, ids }: GatheredConcept, find: Find): ImportedRow['conceptId'] {
  const [id] = ids;
  if (id === undefined) return null;
  if (ids.size > 1) find('concept-id-several', say`${iri} has ${ids.size} concept ids.`);
  if (!z.uuid().safeParse(id).success) find('concept-id-form', say`"${id}" of ${iri} is not a concept id.`);
  return conceptIdFrom(id.toLowerCase());
}

function codeOf(
  { iri, notations }: GatheredConcept,
  { notationType }: SkosOptions,
  find: Find,
): ImportedRow['code'] {
  const typed =
    notationType === undefined ? notations : notations.filter(({ type }) => type === notationType);
  const [notation] = typed;
  if (!notation) return null;
  if (typed.length > 1) {
    const listed = typed.map(({ text }) => `"${text}"`).join(', ');
    find(
      'notation-several',
      say`${iri} has ${typed.length} notations, ${listed}; one of them must be its code.`,
    );
  }
  return codeFrom(notation.text.trim().normalize('NFC'));
}

function titlesOf(
  official: ReadonlyMap<string, string>,
  short: ReadonlyMap<string, string>,
  findMissing: (language: string) => void,
): Record<string, Title> {
  for (const language of short.keys()) if (!official.has(language)) findMissing(language);
  return Object.fromEntries(
    [...official].map(([language, text]) => {
      const shortTitle = short.get(language);
      return [language, { official: text, ...(shortTitle === undefined ? {} : { short: shortTitle }) }];
    }),
  );
}

function notesOf(
  texts: Readonly<Record<keyof Note, ReadonlyMap<string, string>>>,
  empty: readonly string[],
): Record<string, Note> {
  const notes = new Map<string, Note>(empty.map((language) => [language, {}]));
  for (const kind of ['includes', 'excludes', 'guidance'] as const)
    for (const [language, text] of texts[kind]) notes.set(language, { ...notes.get(language), [kind]: text });
  return Object.fromEntries(notes);
}

/** Texts in NFC, as every import leaves them; several of one kind are one note. */
function join(labels: readonly Label[]): string {
  return labels.map(({ text }) => text.normalize('NFC')).join(' ');
}

/** Language tags as they are written in this map: as the concept states them, else in the usual letter case. */
class Languages {
  private readonly stated: ReadonlyMap<string, string>;
  private readonly usual: string;
  private readonly refuse: (tag: string) => void;

  constructor({ source }: Edition, tags: readonly string[], refuse: (tag: string) => void) {
    this.usual = source.language;
    this.refuse = refuse;
    this.stated = new Map(tags.map((tag) => [tag.toLowerCase(), tag]));
  }

  of(tag: string): string {
    if (tag === '') return this.usual;
    const written = this.stated.get(tag) ?? usualCase(tag);
    if (!languageSchema.safeParse(written).success) this.refuse(tag);
    return written;
  }
}
