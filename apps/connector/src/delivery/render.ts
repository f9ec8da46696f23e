import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Code, ConceptId, Hash, Title } from '#taxonomy';
import type { Capabilities } from '#targets';
import { asKept, say } from '#words';
import type { Policies } from './policies.ts';

/** An entry with a code, as the replica holds it; only those go to targets. */
export interface CodedEntry {
  readonly conceptId: ConceptId;
  readonly code: Code;
  readonly level: number;
  readonly titles: Readonly<Record<string, Title>>;
  /** The parent, where it has a code too; else the record stands at the top. */
  readonly parentId: ConceptId | null;
}

/** What a target's record must say, apart from the ids that the target itself gives. */
export interface Rendered {
  readonly code: string;
  readonly title: string;
  readonly level: number;
  readonly parentId: ConceptId | null;
  readonly active: boolean;
  /** Last day of use, `YYYY-MM-DD`. */
  readonly validTo: string | null;
}

/** This entry cannot be shown by this profile; `reason` for people. */
export interface NotRenderable {
  readonly reason: string;
}

export interface RenderRules extends Pick<Capabilities, 'uniqueCodes' | 'longestCode' | 'longestTitle'> {
  readonly language: string;
  readonly missingTitle: 'show' | 'refuse';
  readonly policies: Policies;
}

/** What stands in place of a title that the source lost. */
export const missingTitleText = '[titolo mancante nel documento]';

/** The record of an entry in force. Nothing is ever cut: what does not fit is not rendered. */
export function render(entry: CodedEntry, rules: RenderRules): Rendered | NotRenderable {
  if (entry.code.length > rules.longestCode) {
    return { reason: asKept(say`code longer than ${rules.longestCode} characters`) };
  }
  const title = titleFor(entry, rules);
  if (typeof title !== 'string') return title;
  const { code, level, parentId } = entry;
  return { code, title, level, parentId, active: true, validTo: null };
}

/**
 * The record of an entry that is no longer part of the map: out of use, and where codes are unique with another code,
 * so that the old one is free for whoever takes it.
 * @param entry as it last stood
 * @param effectiveDate day from which it is gone, `YYYY-MM-DD`
 * @param isTaken whether another record has this code
 */
export function renderRetired(
  entry: Omit<CodedEntry, 'code'> & RetiredName,
  effectiveDate: string,
  rules: RenderRules,
  isTaken: (code: string) => boolean = () => false,
): Rendered {
  const title = titleFor(entry, { ...rules, missingTitle: 'show' });
  const { code, level, parentId } = entry;
  return {
    code: rules.uniqueCodes ? retiredCode(entry, effectiveDate, rules.longestCode, isTaken) : code,
    title: typeof title === 'string' ? title : missingTitleText,
    level,
    parentId,
    active: false,
    validTo: rules.policies.retire === 'deactivate' ? null : dayBefore(effectiveDate),
  };
}

/** Characters, for the words and the name that make the code of a record out of use another one, and a beginning of its code. */
export const leastLongestCode = 40;

/** A code that stands aside for a moment, so that two records can change places. */
export function parkedCode(code: string, conceptId: ConceptId, longestCode: number): string {
  return withSuffix(code, ` (in modifica ${conceptId.slice(0, 8)})`, longestCode);
}

/** Equal for two records exactly when they say the same. */
export function renderedHash({ code, title, level, parentId, active, validTo }: Rendered): Hash {
  return hash('sha256', canonicalize({ code, title, level, parentId, active, validTo }) ?? '', 'hex');
}

/** The official title, else the short one; or why there is none that fits. */
export function titleFor(
  { titles }: Pick<CodedEntry, 'titles'>,
  { language, missingTitle, longestTitle }: Pick<RenderRules, 'language' | 'missingTitle' | 'longestTitle'>,
): string | NotRenderable {
  const title = titles[language];
  const inOrder = [title?.official, title?.short].filter((text) => text !== undefined);
  if (inOrder.length === 0) {
    return missingTitle === 'show' ? missingTitleText : { reason: asKept(say`title missing in source`) };
  }
  const fitting = inOrder.find((text) => text.length <= longestTitle);
  return (
    fitting ?? {
      reason: asKept(say`title longer than ${longestTitle} characters, and no short title that fits`),
    }
  );
}

interface RetiredName {
  readonly code: string;
  readonly conceptId: ConceptId;
  readonly generation?: number;
}

const nameOf = (conceptId: ConceptId, generation: number): string =>
  generation === 1 ? conceptId.slice(0, 8) : `${conceptId.slice(0, 8)}-${generation}`;

function retiredCode(
  { code, conceptId, generation = 1 }: RetiredName,
  effectiveDate: string,
  longestCode: number,
  isTaken: (code: string) => boolean,
): string {
  const plain = `${code} (cessata ${effectiveDate})`;
  return plain.length > longestCode || isTaken(plain)
    ? withSuffix(code, ` (cessata ${effectiveDate} ${nameOf(conceptId, generation)})`, longestCode)
    : plain;
}

/** The suffix names the record, so it stays whole, and two records that begin alike differ; see `leastLongestCode`. */
function withSuffix(code: string, suffix: string, longest: number): string {
  const room = Math.max(0, longest - suffix.length);
  return `${code.slice(0, room)}${suffix}`;
}

function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}
