import { say, type Sentence } from '#words';
import { isOfDefinition, type AttributeDefinition, type ImportMarks } from '../attribute.ts';
import type { Entry } from '../entry.ts';
import type { Finding } from '../finding.ts';
import { found, nameOf } from './found.ts';
import { faultOf } from './text-fault.ts';
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
    checkText(entry, official, findings, () => say`the title (${language})`);
    if (short !== undefined) checkText(entry, short, findings, () => say`the short title (${language})`);
    const shortest = Math.min(official.length, short?.length ?? Infinity);
    const limit = shortest > longestText ? undefined : titleLengths.findLast((length) => shortest > length);
    if (limit !== undefined) {
      const message = say`The title of ${nameOf(entry)} has ${shortest} characters; some systems take ${limit}.`;
      findings.push(found('title-too-long', entry, message, `${language}:${limit}`));
    }
  }
  for (const language in entry.notes)
    for (const text of Object.values(entry.notes[language] ?? {}))
      checkText(entry, text, findings, () => say`a note (${language})`);
  for (const name in entry.attributes) {
    const value = entry.attributes[name];
    if (typeof value === 'string') checkText(entry, value, findings, () => say`the attribute ${name}`);
  }
  if (Object.keys(entry.titles).length === 0) findings.push(titleMissing(entry, missingTitle));
  else if (officialLanguage !== undefined && !entry.titles[officialLanguage]) {
    const message = say`${nameOf(entry)} has no title in the official language (${officialLanguage}).`;
    findings.push(found('title-missing', entry, message, officialLanguage));
  }
  return findings;
}

/** An entry without a title is accepted only when it says that its source has none. */
function titleMissing(entry: Entry, mark: ImportMarks['missingTitle']): Finding {
  if (!mark || entry.attributes[mark.attribute] !== mark.value)
    return found('title-missing', entry, say`${nameOf(entry)} has no title.`);
  const message = say`${nameOf(entry)} has no title: it is missing in the source.`;
  return { ...found('title-missing', entry, message), severity: 'warning' };
}

/** @param what asked only when there is something to say of it */
function checkText(entry: Entry, text: string, findings: Finding[], what: () => Sentence): void {
  if (text.length > longestText) {
    const message = say`A text of ${nameOf(entry)} has ${text.length} characters; the longest may have ${longestText}.`;
    findings.push(found('text-too-long', entry, message));
    return;
  }
  const fault = faultOf(text);
  if (fault) findings.push(found('text-form', entry, say`${nameOf(entry)}, ${what()}: ${fault}.`));
}

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
    const message = definition
      ? say`The attribute ${name} of ${nameOf(entry)} is not of type ${definition.type}.`
      : say`The attribute ${name} of ${nameOf(entry)} is not defined by the edition.`;
    return [found('attribute-form', entry, message, name)];
  });
}
