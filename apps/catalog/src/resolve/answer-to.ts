import type { ResolveAnswer } from '#contracts';
import { isRefusal, type Refusal } from '#platform';
import { codeFrom, meaningsIn, meaningsOf, resolve, type Meaning, type Meant } from '#taxonomy';
import type { SchemeHistory } from './scheme-histories.ts';
import type { Point } from './timeline.ts';

export interface Question {
  readonly code: string;
  /** One revision, or all those of an edition, the oldest first; undefined: whatever the code ever meant. */
  readonly from: readonly Point[] | undefined;
  readonly to: Point;
}

/** What a code has become, in the form in which the API says it. */
export function answerTo(history: SchemeHistory, { code: text, from, to }: Question): ResolveAnswer {
  const last = from?.at(-1);
  if (!from || !last) return inEveryMeaning(history, text, to);
  const ofEdition = from.length > 1 ? inEdition(history, text, last, to) : undefined;
  if (ofEdition) return ofEdition;
  const { index, near } = history;
  const code = codeFrom(text);
  const { status, ...found } = resolve(index, code, last.revision, to.revision);
  const answer = { code: text, from: last, to, status, ...found };
  if (status !== 'unknown') return answer;
  return {
    ...answer,
    near: near.find(text, last.revision),
    carried: meaningsOf(index, code, to.revision).map(periodOf),
  };
}

/**
 * What a code last stood for in the revisions of an edition, also where a later one of them has it no more; of several none is
 * picked.
 * @param end the last of those revisions
 */
function inEdition(
  { index, timeline }: SchemeHistory,
  code: string,
  end: Point,
  to: Point,
): ResolveAnswer | undefined {
  const meanings = meaningsIn(index, codeFrom(code), timeline.numbersOf(end.edition), to.revision);
  const last = meanings.at(-1);
  if (!last) return undefined;
  if (!areAlike(meanings)) return ambiguous({ code, from: end, to }, meanings);
  return { code, from: timeline.at(last.through) ?? null, to, ...outcomeOf(last) };
}

/**
 * One meaning is an answer like any other, also when a concept had the code more than once, as long as it has become the
 * same from each time; of several none is picked.
 */
function inEveryMeaning(history: SchemeHistory, code: string, to: Point): ResolveAnswer {
  const meanings = meaningsOf(history.index, codeFrom(code), to.revision);
  const asked = { code, from: null, to };
  const last = meanings.at(-1);
  if (!last) {
    const near = history.near.find(code, to.revision);
    return { ...asked, status: 'unknown', ...nothing, meanings: [], near, carried: [] };
  }
  if (areAlike(meanings)) return { ...asked, ...outcomeOf(last), meanings: meanings.map(told) };
  return ambiguous(asked, meanings);
}

const areAlike = (meanings: readonly Meaning[]): boolean => new Set(meanings.map(meantAndResults)).size === 1;

/** All that any of them has become, and none of them picked. */
function ambiguous(
  asked: Pick<ResolveAnswer, 'code' | 'from' | 'to'>,
  meanings: readonly Meaning[],
): ResolveAnswer {
  const results = [...new Map(meanings.flatMap(byConcept)).values()];
  return {
    ...asked,
    status: 'ambiguous',
    ...nothing,
    results,
    ended: [
      ...new Map(meanings.flatMap(({ ended }) => ended.map((each) => [each.conceptId, each]))).values(),
    ],
    choiceNeeded: true,
    meanings: meanings.map(told),
  };
}

function told(meaning: Meaning): NonNullable<ResolveAnswer['meanings']>[number] {
  return { ...periodOf(meaning), ...outcomeOf(meaning) };
}

const nothing = { meant: null, results: [], ended: [], choiceNeeded: false, continues: false, path: [] };

function outcomeOf({ from: _, through: __, ...outcome }: Meaning): Omit<Meaning, 'from' | 'through'> {
  return outcome;
}

function periodOf({ from, through, meant }: Meaning): {
  from: number;
  through: number | null;
  title: string | null;
} {
  return { from, through, title: meant?.title ?? null };
}

/** Which concept it was, and which it is now, as one text. */
function meantAndResults({ meant, results, ended }: Meaning): string {
  return [meant?.conceptId ?? '', ...idsOf(results), 'ended', ...idsOf(ended)].join(' ');
}

const idsOf = (some: readonly Meant[]): string[] => some.map(({ conceptId }) => conceptId).sort();

function byConcept({ results }: Meaning): [string, Meant][] {
  return results.map((result) => [result.conceptId, result]);
}

/** Finds both ends of a question, from what the caller wrote. */
export function pointsOf(
  { timeline }: SchemeHistory,
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
): { from: readonly Point[] | undefined; to: Point } | Refusal {
  const from = asked.from === undefined ? undefined : timeline.findAll(asked.from);
  if (isRefusal(from)) return from;
  const to = asked.to === undefined ? timeline.inForce : timeline.find(asked.to);
  if (isRefusal(to)) return to;
  if (!to) throw new Error('a history has a revision in force');
  return { from, to };
}
