import type { Edition } from '#contracts';
import type { Finding } from '#taxonomy';
import { say, type Sentence } from '#words';
import type { Read } from '../../imported-row.ts';
import { originFrom, type Origin } from '../../origin.ts';
import type { Gathering } from './gather.ts';
import type { GatheredConcept } from './gathered-concept.ts';
import { lineOf, rowOfConcept, type ConceptRow } from './row-of-concept.ts';
import type { SkosOptions } from './skos-options.ts';

/** All concepts of a file as rows, parents before children, with everything that is wrong with them. */
export function* rowsOfConcepts(
  edition: Edition,
  options: SkosOptions,
  gathering: Gathering,
): Iterable<Read> {
  for (const finding of gathering.findings) yield { finding };
  const concepts = chooseConcepts(options, gathering);
  for (const finding of [...concepts.findings, ...describeLeftOut(gathering)]) yield { finding };
  const { chosen } = concepts;
  const origin = originOf(chosen.values(), gathering);
  if (origin) yield { origin };
  const children = new Map<string | null, GatheredConcept[]>();
  for (const concept of chosen.values()) {
    const parent = parentOf(concept, chosen);
    for (const finding of parent.findings) yield { finding };
    const siblings = children.get(parent.iri);
    if (siblings) siblings.push(concept);
    else children.set(parent.iri, [concept]);
  }
  const keys = new Map<string, string>();
  const used = new Set<string>();
  const toWalk = (children.get(null) ?? []).toReversed();
  for (let concept = toWalk.pop(); concept; concept = toWalk.pop()) {
    const { row, findings } = rowOfConcept(edition, options, concept);
    for (const finding of findings) yield { finding };
    const key = keyOf(edition, concept, row, used);
    if (used.has(key)) yield { finding: duplicate(concept, row, key) };
    used.add(key);
    keys.set(concept.iri, key);
    const parent =
      [...concept.broader].map((iri) => keys.get(iri)).find((found) => found !== undefined) ?? null;
    yield { row: { key, parent, ...row } };
    toWalk.push(...(children.get(concept.iri) ?? []).toReversed());
  }
  for (const concept of chosen.values()) if (!keys.has(concept.iri)) yield* cycleOf(concept, chosen, keys);
}

/** Which of the resources are concepts of the wanted scheme and in force. */
function chooseConcepts(
  { scheme }: SkosOptions,
  { concepts }: Gathering,
): { chosen: Map<string, GatheredConcept>; findings: Finding[] } {
  const all = [...concepts.values()].filter(({ isConcept }) => isConcept);
  const schemes = new Set(all.flatMap((concept) => [...concept.schemes]));
  const findings: Finding[] = [];
  if (scheme === undefined && schemes.size > 1)
    findings.push({
      rule: 'scheme-several',
      severity: 'error',
      message: say`The file holds ${schemes.size} schemes; state which to read: ${[...schemes].slice(0, 5).join(', ')}.`,
    });
  const wanted = all.filter((concept) => scheme === undefined || concept.schemes.has(scheme));
  const live = wanted.filter(({ isDeprecated }) => !isDeprecated);
  if (live.length < wanted.length)
    findings.push({
      rule: 'deprecated-left-out',
      severity: 'note',
      message: say`Concepts that are marked as deprecated and left out: ${wanted.length - live.length}.`,
    });
  if (live.some(({ isTop }) => isTop))
    for (const concept of live)
      if (!concept.isTop && concept.broader.size === 0)
        findings.push({
          rule: 'parent-not-stated',
          severity: 'warning',
          message: say`${concept.iri} has no broader concept and is no top concept; it is placed at the top.`,
          ...lineOf(concept),
        });
  return { chosen: new Map(live.map((concept) => [concept.iri, concept])), findings };
}

/** The revision whose concepts these are, where the file says it as our exports do. */
function originOf(chosen: Iterable<GatheredConcept>, { concepts }: Gathering): Origin | null {
  const schemes = new Set<string>();
  for (const { schemes: own } of chosen) for (const scheme of own) schemes.add(scheme);
  const origins = [...schemes].flatMap((iri) => originFrom(concepts.get(iri)?.origin) ?? []);
  return origins.length === 1 ? (origins[0] ?? null) : null;
}

function describeLeftOut({ leftOut }: Gathering): Finding[] {
  return [...leftOut].map(([predicate, times]) => ({
    rule: 'statement-left-out',
    severity: 'note',
    message:
      times === 1
        ? say`One statement with ${predicate} has no place in the map and is left out.`
        : say`${times} statements with ${predicate} have no place in the map and are left out.`,
  }));
}

function parentOf(
  concept: GatheredConcept,
  chosen: ReadonlyMap<string, GatheredConcept>,
): { iri: string | null; findings: Finding[] } {
  const { iri, broader } = concept;
  const [first] = broader;
  if (first === undefined) return { iri: null, findings: [] };
  const error = (rule: string, message: Sentence): Finding => ({
    rule,
    severity: 'error',
    message,
    ...lineOf(concept),
  });
  if (broader.size > 1)
    return {
      iri: first,
      findings: [error('parent-several', say`${iri} has ${broader.size} broader concepts; a map is a tree.`)],
    };
  if (chosen.has(first)) return { iri: first, findings: [] };
  return {
    iri: null,
    findings: [error('parent-missing', say`The broader concept ${first} of ${iri} is not in the file.`)],
  };
}

/** Concept id, else code, else the title of a heading; the address where that is taken. */
function keyOf(
  { source }: Edition,
  { iri }: GatheredConcept,
  { conceptId, code, titles }: ConceptRow['row'],
  used: ReadonlySet<string>,
): string {
  const named = conceptId ?? code;
  if (named !== null) return named;
  const title = titles[source.language]?.official;
  return title === undefined || used.has(title) ? iri : title;
}

function duplicate(concept: GatheredConcept, { conceptId, code }: ConceptRow['row'], key: string): Finding {
  return {
    rule: conceptId === null ? 'code-duplicate' : 'concept-duplicate',
    severity: 'error',
    message:
      conceptId === null
        ? say`The code ${key} of ${concept.iri} belongs to another concept too.`
        : say`The concept id ${key} of ${concept.iri} belongs to another concept too.`,
    ...lineOf(concept),
    ...(code === null ? {} : { code }),
  };
}

/** Reports the circle that a concept is on or leads to, once, and takes its members as met. */
function* cycleOf(
  start: GatheredConcept,
  chosen: ReadonlyMap<string, GatheredConcept>,
  met: Map<string, string>,
): Iterable<{ readonly finding: Finding }> {
  const way: string[] = [];
  let current: GatheredConcept | undefined = start;
  while (current && !met.has(current.iri)) {
    met.set(current.iri, current.iri);
    way.push(current.iri);
    current = chosen.get([...current.broader][0] ?? '');
  }
  const from = way.indexOf(current?.iri ?? '');
  if (from < 0) return;
  const circle = way.slice(from, from + 5).join(' < ');
  yield {
    finding: {
      rule: 'parent-cycle',
      severity: 'error',
      message: say`${way.length - from} concepts stand below themselves: ${circle} …`,
      ...lineOf(start),
    },
  };
}
