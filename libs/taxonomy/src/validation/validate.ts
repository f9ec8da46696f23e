import type { AttributeDefinition, ImportMarks } from '../attribute.ts';
import { compareCodes } from '../compare-codes.ts';
import type { Entries } from '../entry.ts';
import type { Finding } from '../finding.ts';
import type { CodeGrammar } from '../grammar.ts';
import { groupByParent } from '../hash.ts';
import { finish, pieceSize, type Steps } from '../steps.ts';
import { duplicateCodes } from './check-duplicates.ts';
import { circlesIn } from './circles.ts';
import { checkPlace } from './check-place.ts';
import { duplicateTitles, numberingGaps, numbersIn } from './check-siblings.ts';
import { checkAttributes, checkTexts } from './check-texts.ts';

/** What many systems take of a title: some 80, as the CRM's names, nearly all 255. */
export const usualTitleLengths: readonly number[] = [80, 255];

export interface ValidationContext {
  /** The same part of the revision before: warnings that hold of it already are not repeated. */
  readonly base?: Entries;
  /** Attributes of the edition; when left out, entries may carry any. */
  readonly attributes?: readonly AttributeDefinition[] | undefined;
  /** How the edition marks what its import could not read. */
  readonly marks?: ImportMarks;
  /** In which every entry must have a title; any one will do when left out. */
  readonly officialLanguage?: string | undefined;
  /** Lengths of a title worth telling, ascending: the last one is a warning, shorter ones are advice; none when left out. */
  readonly titleLengths?: readonly number[];
  /** Codes that the source has, and the map only for faults that are told: no number is left out there. */
  readonly refused?: ReadonlySet<string>;
}

/**
 * Findings on a complete map, or on the part around a change, all at once, in order of code. Errors must be mended before
 * publication, warnings are acknowledged by their key. What they mean stands in `rules`, and in `docs/rules`.
 */
export function validate(grammar: CodeGrammar, entries: Entries, context: ValidationContext = {}): Finding[] {
  return finish(validateInSteps(grammar, entries, context));
}

/** The same in pieces. */
export function* validateInSteps(
  grammar: CodeGrammar,
  entries: Entries,
  context: ValidationContext = {},
): Steps<Finding[]> {
  const inBase = context.base?.size ? yield* check(grammar, context.base, context, new Set()) : [];
  const known = new Set(inBase.map(({ key }) => key));
  const refused = numbersIn(grammar, context.refused ?? []);
  const findings = yield* check(grammar, entries, context, refused);
  return findings
    .filter(({ severity, key }) => severity === 'error' || !known.has(key))
    .sort((a, b) => compareCodes(a.code ?? '', b.code ?? '', grammar));
}

/** Whether every entry has its place, without which maps can be neither compared nor hashed. */
export function formsTree(findings: readonly Finding[]): boolean {
  return !findings.some(({ rule }) =>
    ['parent-missing', 'parent-retired', 'parent-circle', 'too-deep'].includes(rule),
  );
}

function* check(
  grammar: CodeGrammar,
  entries: Entries,
  context: ValidationContext,
  refused: ReadonlySet<string>,
): Steps<Finding[]> {
  const { base = new Map(), attributes, marks = {} } = context;
  const definitions = attributes && new Map(attributes.map((each) => [each.name, each]));
  const findings = yield* duplicateCodes(entries);
  const isInCircle = circlesIn(entries);
  let read = 0;
  for (const entry of entries.values()) {
    if (++read % pieceSize === 0) yield;
    for (const finding of checkPlace(grammar, { entries, base, isInCircle }, entry)) findings.push(finding);
    for (const finding of checkTexts(entry, context)) findings.push(finding);
    if (definitions) for (const finding of checkAttributes(entry, definitions, marks)) findings.push(finding);
  }
  for (const siblings of groupByParent(entries.values()).values()) {
    if ((read += siblings.length) % pieceSize < siblings.length) yield;
    for (const finding of numberingGaps(grammar, siblings, refused)) findings.push(finding);
    for (const finding of duplicateTitles(siblings)) findings.push(finding);
  }
  return findings;
}
