import type { z } from 'zod';
import { say, verbatim, type Sentence } from './sentence.ts';

type Issue = z.core.$ZodIssue;

/** What a schema found, said to a person. Words of our own schemas are sentences too, without values. */
export function issueInWords(issue: Issue): Sentence {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue);
    case 'invalid_value':
      return say`It must be ${oneOf(issue.values)}.`;
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'unrecognized_keys':
      return say`It has what is not known here: ${issue.keys.join(', ')}.`;
    case 'invalid_format':
      return isOwn(issue.message) ? own(issue.message) : wrongFormat(issue.format);
    case 'not_multiple_of':
      return say`It must be a multiple of ${issue.divisor}.`;
    case 'invalid_union':
      return say`It has none of the forms that are possible here.`;
    default:
      return isOwn(issue.message) ? own(issue.message) : say`It does not have the expected form.`;
  }
}

/** Zod's own messages begin so. */
const isOwn = (message: string): boolean => !/^(Invalid|Too |Unrecognized)/.test(message);
const own = (english: string): Sentence => ({ english, values: [] });

/** That it is not there at all is told by what zod has received, which stands in its message alone. */
function wrongType({ expected, message }: Issue & { code: 'invalid_type' }): Sentence {
  if (message.endsWith('received undefined')) return say`It is missing.`;
  return say`It must be ${kinds[expected] ?? verbatim(expected)}.`;
}

const kinds: Readonly<Record<string, Sentence>> = {
  string: say`a text`,
  number: say`a number`,
  int: say`a whole number`,
  boolean: say`true or false`,
  array: say`a list`,
  object: say`an object with fields`,
  record: say`an object with fields`,
  null: say`null`,
};

function oneOf(values: readonly unknown[]): Sentence {
  const listed = values.map(valueInWords).join(', ');
  return values.length === 1 ? verbatim(listed) : say`one of ${listed}`;
}

/** As it is written in JSON; a tab, which is nothing to see there, by its name. */
function valueInWords(value: unknown): string {
  if (value === '\t') return 'tab';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function tooSmall({ origin, minimum, inclusive }: Issue & { code: 'too_small' }): Sentence {
  const least = Number(minimum);
  if (least === 1 && (origin === 'string' || origin === 'array')) return say`It must not be empty.`;
  if (origin === 'string') return say`It must have at least ${least} characters.`;
  if (origin === 'array' || origin === 'set' || origin === 'map')
    return say`It must have at least ${least} items.`;
  return inclusive === false ? say`It must be more than ${least}.` : say`It must be at least ${least}.`;
}

function tooBig({ origin, maximum, inclusive }: Issue & { code: 'too_big' }): Sentence {
  const most = Number(maximum);
  if (most === 1 && origin === 'array') return say`It may have at most one item.`;
  if (origin === 'string') return say`It may have at most ${most} characters.`;
  if (origin === 'array' || origin === 'set' || origin === 'map')
    return say`It may have at most ${most} items.`;
  return inclusive === false ? say`It must be less than ${most}.` : say`It may be at most ${most}.`;
}

function wrongFormat(format: string): Sentence {
  return formats[format] ?? say`It does not have the expected form.`;
}

const formats: Readonly<Record<string, Sentence>> = {
  uuid: say`It must be an id such as 0193b0c4-7c1e-7000-8000-000000000000.`,
  guid: say`It must be an id such as 0193b0c4-7c1e-7000-8000-000000000000.`,
  date: say`It must be a day such as 2026-01-31.`,
  datetime: say`It must be a time such as 2026-01-31T12:00:00Z.`,
  url: say`It must be an address such as https://example.org/document.`,
};
