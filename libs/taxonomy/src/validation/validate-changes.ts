import { say, type Sentence } from '#words';
import type { Change, SuccessionLink, Successions } from '../change.ts';
import type { FormerHolders } from '../diff.ts';
import type { Code, ConceptId, Entries, Entry } from '../entry.ts';
import type { Finding } from '../finding.ts';
import { isOnlyLinked } from '../succession.ts';
import { backBesideSuccessors, type TakenOver } from './back-beside-successors.ts';
import { codeBeside, found, longestName, nameIn, nameOf, titleOf } from './found.ts';
import { rules } from './rules.ts';

export interface ChangesContext {
  readonly successions: Successions;
  /** Concepts of the revision that the changes make. */
  readonly next: Pick<Entries, 'get' | 'has'>;
  /** Those of the revision that is changed, as far as the changes are about them. */
  readonly base?: Entries;
  /** Who last carried the codes that the changes give out and that nobody carries in that revision. */
  readonly formerHolders?: FormerHolders;
  /** Codes that another concept had in a revision of the edition that the changes are of. */
  readonly codesOfEdition?: ReadonlySet<Code> | undefined;
  /** Who took the places of those that the changes bring back. */
  readonly takenOver?: TakenOver;
  /** Its number, where the changes lead from a historical edition, which is checked, to the revision that followed it. */
  readonly until?: number;
}

/** Findings on a change set, beside those on the map that it makes. */
export function validateChanges(changes: readonly Change[], context: ChangesContext): Finding[] {
  return [
    ...changes.flatMap((change) => [...undecided(change, context), ...reused(change, context)]),
    ...missingSuccessors(context),
    ...saidByNone(changes, context),
    ...backBesideSuccessors(changes, context.successions.links, context.takenOver ?? new Map()),
  ];
}

function undecided({ before, after, successors }: Change, { successions, until }: ChangesContext): Finding[] {
  if (!before || after || successors.length > 0 || successions.decidedNone.has(before.conceptId)) return [];
  const message =
    until === undefined
      ? say`${nameOf(before)} is retired, and nobody decided who takes its place.`
      : say`${nameOf(before)} is not in revision ${until}, and nobody decided who takes its place.`;
  return [found('succession-undecided', before, message)];
}

function reused(
  { after, codeReusedFrom }: Change,
  { base, next, formerHolders, codesOfEdition, until }: ChangesContext,
): Finding[] {
  if (!after?.code || !codeReusedFrom) return [];
  const former = formerHolders?.get(after.code);
  const title = former?.title ?? titleOf(base?.get(codeReusedFrom));
  const isNear = base?.has(codeReusedFrom) || next.has(codeReusedFrom);
  const now = isNear ? next.get(codeReusedFrom)?.code : former?.now;
  const before = named(title?.slice(0, longestName), now);
  if (codesOfEdition?.has(after.code))
    return [
      reuse(
        after,
        codeReusedFrom,
        say`${nameOf(after)} belonged to ${before} before, in this edition too, and means something else from this revision on: only in a draft that brings an edition would its label tell the two apart.`,
      ),
    ];
  const message =
    until === undefined
      ? say`${nameOf(after)} belonged to ${before} before, and means something else from this revision on.`
      : say`${nameOf(after)} is ${before} in this historical edition, and means something else from revision ${until} on.`;
  return [reuse(after, codeReusedFrom, message)];
}

const reuse = (after: Entry, former: ConceptId, message: Sentence): Finding =>
  found('code-reused', after, message, { detail: `${former}:${nameOf(after)}`, field: 'code' });

function named(title: string | undefined, now: Code | null | undefined): Sentence {
  if (!title) return say`another entry`;
  return now ? say`"${title}" (now ${now})` : say`"${title}"`;
}

function missingSuccessors({ successions, next, base, until }: ChangesContext): Finding[] {
  const name = (id: ConceptId): string => (base ? nameIn(base, id) : id);
  return successions.links
    .filter(({ successor }) => !next.has(successor))
    .map(({ predecessor, successor }) => ({
      rule: 'successor-missing',
      severity: rules['successor-missing'].severity,
      key: `successor-missing:${predecessor}:${successor}`,
      message:
        until === undefined
          ? say`The successor ${name(successor)} is not in the map that this draft makes.`
          : say`The successor ${name(successor)} is not in revision ${until}.`,
    }));
}

/**
 * Whoever hands a part on says what it is: one of the two says something else from then on. Only what is undone needs no
 * words, where they were put back before. A succession from an entry that ended before was told when that ended.
 */
function saidByNone(changes: readonly Change[], { successions, next, until }: ChangesContext): Finding[] {
  const { links, undoing = [] } = successions;
  if (until !== undefined || links.length === 0) return [];
  const changed = new Set(changes.filter((each) => !isOnlyLinked(each)).map(({ conceptId }) => conceptId));
  const mayBeSilent = new Set(undoing.map(keyOf));
  const name = (id: ConceptId): string => nameIn(next, id);
  return links
    .filter(
      ({ predecessor, successor }) =>
        next.has(predecessor) && next.has(successor) && !changed.has(predecessor) && !changed.has(successor),
    )
    .filter((link) => !mayBeSilent.has(keyOf(link)))
    .map(({ predecessor, successor }) => ({
      rule: 'succession-unchanged',
      severity: rules['succession-unchanged'].severity,
      key: `succession-unchanged:${predecessor}:${successor}`,
      ...codeBeside(next.get(successor)),
      message: say`${name(successor)} is to take the place of ${name(predecessor)} or a part of it, and the draft changes neither of them.`,
    }));
}

const keyOf = ({ predecessor, successor }: SuccessionLink): string => `${predecessor} ${successor}`;

/**
 * The finding on a day on which codes change: hours and costs are booked on them by accounting year.
 * @param codes how many are created, renumbered or retired
 * @param effectiveDate Europe/Rome day, `YYYY-MM-DD`
 */
export function outsideAccountingYear(codes: number, effectiveDate: string): Finding | null {
  if (codes === 0 || effectiveDate.endsWith('-01-01')) return null;
  return {
    rule: 'accounting-year',
    severity: rules['accounting-year'].severity,
    key: `accounting-year:${effectiveDate}`,
    message:
      codes === 1
        ? say`One code changes on ${effectiveDate}, which is not the start of an accounting year.`
        : say`${codes} codes change on ${effectiveDate}, which is not the start of an accounting year.`,
  };
}

/**
 * The finding on a day that has passed: what was told of the days since then is told otherwise from now on.
 * @param today Europe/Rome day, as `effectiveDate`
 */
export function dayPassed(effectiveDate: string, today: string): Finding | null {
  if (effectiveDate >= today) return null;
  return {
    rule: 'day-passed',
    severity: rules['day-passed'].severity,
    key: `day-passed:${effectiveDate}`,
    message: say`The map would count from ${effectiveDate}, a day that has passed: codes that were in use since then and are not in it would be told as retired or unknown.`,
  };
}
