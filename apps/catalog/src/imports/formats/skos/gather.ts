import type { AttributeValue, Finding } from '#taxonomy';
import { say } from '#words';
import { attributeName, mappa, owl, prefixes, rdf, skos, xkos, xsd } from '../../../skos/vocabulary.ts';
import { GatheredConcept, type Label } from './gathered-concept.ts';
import type { Term, Triple } from './triple.ts';

/** Longer texts are no titles and no notes. */
const longestText = 100_000;
const mostConcepts = 1_000_000;
/** Texts of one concept are compared with each other. */
const mostStatements = 1_000;

/** Gathers the statements of a file by concept, in whatever order they come. */
export class Gathering {
  readonly concepts = new Map<string, GatheredConcept>();
  readonly findings: Finding[] = [];
  /** Statements that have no place in the map, by predicate. */
  readonly leftOut = new Map<string, number>();
  isTooLarge = false;

  add({ subject, predicate, object }: Triple, line?: number): void {
    if (object.value.length > longestText) this.refuseLength(subject, line);
    else if (predicate.value === skos('narrower') || predicate.value === skos('hasTopConcept'))
      this.addFromAbove(subject, predicate, object, line);
    else if (subject.termType === 'NamedNode') this.addTo(subject, predicate, object, line);
  }

  private addFromAbove(subject: Term, predicate: Term, object: Term, line?: number): void {
    const concept = this.conceptOf(object.value, line);
    if (this.isFull(concept, line)) return;
    concept.isConcept = true;
    if (predicate.value === skos('narrower')) concept.broader.add(subject.value);
    else {
      concept.isTop = true;
      concept.schemes.add(subject.value);
    }
  }

  private addTo(subject: Term, { value: predicate }: Term, object: Term, line?: number): void {
    const concept = this.conceptOf(subject.value, line);
    const gather = gatherers.get(predicate);
    const attribute = gather ? null : attributeName(predicate);
    if ((gather || attribute !== null) && this.isFull(concept, line)) return;
    if (gather) gather(concept, object);
    else if (attribute !== null) concept.attributes.push([attribute, valueOf(object)]);
    else if (!unneeded(predicate)) this.leftOut.set(predicate, (this.leftOut.get(predicate) ?? 0) + 1);
  }

  /** Counts a statement of a concept. @returns whether it is one too many; the first that is one is a finding */
  private isFull(concept: GatheredConcept, line: number | undefined): boolean {
    concept.statements++;
    if (concept.statements === mostStatements + 1)
      this.findings.push({
        rule: 'too-many-statements',
        severity: 'error',
        message: say`There are more than ${mostStatements} statements of ${concept.iri}.`,
        ...(line === undefined ? {} : { line }),
      });
    return concept.statements > mostStatements;
  }

  private conceptOf(iri: string, line: number | undefined): GatheredConcept {
    let concept = this.concepts.get(iri);
    if (!concept) {
      this.concepts.set(iri, (concept = new GatheredConcept(iri, line)));
      this.isTooLarge = this.concepts.size > mostConcepts;
    }
    return concept;
  }

  private refuseLength(subject: Term, line: number | undefined): void {
    this.findings.push({
      rule: 'text-too-long',
      severity: 'error',
      message: say`A text of ${subject.value} is longer than ${longestText} characters.`,
      ...(line === undefined ? {} : { line }),
    });
  }
}

type Gatherer = (concept: GatheredConcept, object: Term) => void;

const label =
  (of: (concept: GatheredConcept) => Label[]): Gatherer =>
  (concept, { value, language = '' }) => {
    const labels = of(concept);
    const known = labels.some((other) => other.text === value && other.language === language.toLowerCase());
    if (!known) labels.push({ language: language.toLowerCase(), text: value });
  };
const includes = label((concept) => concept.includes);
const guidance = label((concept) => concept.guidance);

const gatherers: ReadonlyMap<string, Gatherer> = new Map<string, Gatherer>([
  [rdf('type'), (concept, { value }) => (concept.isConcept ||= value === skos('Concept'))],
  [skos('inScheme'), (concept, { value }) => concept.schemes.add(value)],
  [
    skos('topConceptOf'),
    (concept, { value }) => {
      concept.isConcept = concept.isTop = true;
      concept.schemes.add(value);
    },
  ],
  [
    skos('broader'),
    (concept, { value }) => {
      concept.isConcept = true;
      concept.broader.add(value);
    },
  ],
  [
    skos('notation'),
    (concept, { value, datatype }) => {
      const type = datatype?.value ?? '';
      if (!concept.notations.some((other) => other.text === value && other.type === type))
        concept.notations.push({ text: value, type });
    },
  ],
  [skos('prefLabel'), label((concept) => concept.official)],
  [mappa('shortTitle'), label((concept) => concept.short)],
  [xkos('inclusionNote'), includes],
  [xkos('coreContentNote'), includes],
  [xkos('additionalContentNote'), includes],
  [xkos('exclusionNote'), label((concept) => concept.excludes)],
  [skos('scopeNote'), guidance],
  [skos('definition'), guidance],
  [mappa('emptyNote'), (concept, { value }) => concept.emptyNotes.add(value)],
  [mappa('languageTag'), (concept, { value }) => concept.languageTags.add(value)],
  [mappa('conceptId'), (concept, { value }) => concept.ids.add(value)],
  [mappa('rank'), (concept, { value }) => (concept.rank = Number(value))],
  [mappa('scheme'), ({ origin }, { value }) => (origin.scheme = value)],
  [owl('versionInfo'), ({ origin }, { value }) => (origin.revision = value)],
  [mappa('contentHash'), ({ origin }, { value }) => (origin.contentHash = value)],
  [owl('deprecated'), (concept, { value }) => (concept.isDeprecated = value === 'true')],
]);

/** What our own exports say beside the map, and what repeats it. */
const said = new Set<string>(
  [
    ['member', 'historyNote', 'changeNote', 'prefLabel'].map(skos),
    ['depth', 'notationPattern', 'levels', 'numberOfLevels'].map(xkos),
  ].flat(),
);
const unneeded = (predicate: string): boolean =>
  said.has(predicate) || predicate.startsWith(prefixes.dct) || predicate.startsWith(prefixes.rdf);

function valueOf({ value, datatype }: Term): AttributeValue {
  if (datatype?.value === xsd('boolean')) return value === 'true';
  if (datatype?.value === xsd('integer') && Number.isSafeInteger(Number(value))) return Number(value);
  return value;
}
