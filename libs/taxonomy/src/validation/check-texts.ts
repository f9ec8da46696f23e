import { say, type Sentence } from '#words';
import { isOfDefinition, type AttributeDefinition, type ImportMarks } from '../attribute.ts';
import type { Entry } from '../entry.ts';
import type { Finding } from '../finding.ts';
import { found, nameOf } from './found.ts';
import { faultsOf } from './text-fault.ts';
import type { ValidationContext } from './validate.ts';

export const longestText = 4_000;

/** Every text that people read, and that the content hash covers. */
export function checkTexts(
  entry: Entry,
  { titleLengths = [], marks: { missingTitle } = {}, officialLanguage }: ValidationContext,
): Finding[] {
  const findings: Finding[] = [];
  for (const language in entry.titles) {
    const { official = '', short } = entry.titles[language] ?? {};
    checkText(entry, official, findings, () => theTitle(language));
    if (short !== undefined) checkText(entry, short, findings, () => theShortTitle(language));
    const shortest = Math.min(official.length, short?.length ?? Infinity);
    const limit = shortest > longestText ? undefined : titleLengths.findLast((length) => shortest > length);
    if (limit !== undefined) {
      const { what, field } = shortest < official.length ? theShortTitle(language) : theTitle(language);
      const message = say`${nameOf(entry)}, ${what}: it has ${shortest} characters; some systems take ${limit}.`;
      const finding = found('title-too-long', entry, message, { detail: `${language}:${limit}`, field });
      findings.push(limit === titleLengths.at(-1) ? finding : { ...finding, severity: 'note' });
    }
  }
  for (const language in entry.notes)
    for (const [kind, text] of Object.entries(entry.notes[language] ?? {}))
      checkText(entry, inOneLine(text), findings, () => theNote(kind, language));
  for (const name in entry.attributes) {
    const value = entry.attributes[name];
    if (typeof value === 'string')
      checkText(entry, value, findings, () => ({
        what: say`the attribute ${name}`,
        field: `attribute:${name}`,
      }));
  }
  const field = officialLanguage && `title:${officialLanguage}`;
  if (Object.keys(entry.titles).length === 0) findings.push(titleMissing(entry, missingTitle, field));
  else if (officialLanguage !== undefined && !entry.titles[officialLanguage]) {
    const message = say`${nameOf(entry)} has no title in the official language (${officialLanguage}).`;
    findings.push(found('title-missing', entry, message, { detail: officialLanguage, field }));
  }
  return findings;
}

/** An entry without a title is accepted only when it says that its source has none. */
function titleMissing(entry: Entry, mark: ImportMarks['missingTitle'], field: string | undefined): Finding {
  if (!mark || entry.attributes[mark.attribute] !== mark.value)
    return found('title-missing', entry, say`${nameOf(entry)} has no title.`, { field });
  const message = say`${nameOf(entry)} has no title: it is missing in the source.`;
  return { ...found('title-missing', entry, message, { field }), severity: 'warning' };
}

/** Which text of an entry, for people and for machines. */
interface Part {
  readonly what: Sentence;
  readonly field: string;
}

const theTitle = (language: string): Part => ({
  what: say`the title (${language})`,
  field: `title:${language}`,
});
const theShortTitle = (language: string): Part => ({
  what: say`the short title (${language})`,
  field: `short_title:${language}`,
});

function theNote(kind: string, language: string): Part {
  const name =
    kind === 'includes'
      ? say`what it includes`
      : kind === 'excludes'
        ? say`what it excludes`
        : say`its guidance`;
  return { what: say`${name} (${language})`, field: `${kind}:${language}` };
}

/** A note may have several lines; its other faults stand at the same signs. */
const inOneLine = (note: string): string => note.replaceAll('\n', ' ');

/** @param part asked only when there is something to say of it */
function checkText(entry: Entry, text: string, findings: Finding[], part: () => Part): void {
  if (text.length > longestText) {
    const { what, field } = part();
    const message = say`${nameOf(entry)}, ${what}: it has ${text.length} characters; the longest may have ${longestText}.`;
    findings.push(found('text-too-long', entry, message, { field }));
    return;
  }
  const faults = faultsOf(text);
  if (faults.length === 0) return;
  const { what, field } = part();
  const all = faults.reduce((before, fault) => say`${before}; ${fault}`);
  findings.push(found('text-form', entry, say`${nameOf(entry)}, ${what}: ${all}.`, { field }));
}

/** So many of a code list are named. */
const mostValues = 20;

/** Attributes against what the edition says of them. */
export function checkAttributes(
  entry: Entry,
  definitions: ReadonlyMap<string, AttributeDefinition>,
  { missingTitle, unstatedParent, evidenceAttribute }: ImportMarks,
): Finding[] {
  const written = [missingTitle?.attribute, unstatedParent?.attribute, evidenceAttribute];
  return Object.entries(entry.attributes).flatMap(([name, value]) => {
    const definition = definitions.get(name);
    if (definition ? isOfDefinition(definition, value) : written.includes(name)) return [];
    const message = !definition
      ? say`The attribute ${name} of ${nameOf(entry)} is not defined by the edition.`
      : definition.values
        ? say`The attribute ${name} of ${nameOf(entry)} is none of ${definition.values.slice(0, mostValues).join(', ')}.`
        : say`The attribute ${name} of ${nameOf(entry)} is not of type ${definition.type}.`;
    return [found('attribute-form', entry, message, { detail: name, field: `attribute:${name}` })];
  });
}
