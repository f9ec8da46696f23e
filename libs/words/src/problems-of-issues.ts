import type { z } from 'zod';
import { issueInWords } from './issue-in-words.ts';
import type { Sentence } from './sentence.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

export interface SchemaProblem {
  /** `changes[3].code`; left out for the whole value. */
  readonly path?: string;
  readonly rule: 'schema';
  readonly message: Sentence;
}

/**
 * What is wrong with a value, each with its path. Of a value with several possible forms, the one that it comes nearest
 * to tells what is wrong.
 * @param below path of the value that the schema was asked about
 */
export function problemsOfIssues(issues: readonly Issue[], below: Path = []): SchemaProblem[] {
  return issues.flatMap((issue): SchemaProblem[] => {
    const path = [...below, ...issue.path];
    const inside = within(issue);
    if (inside.length > 0) return problemsOfIssues(inside, path);
    return [
      { ...(path.length > 0 ? { path: pathText(path) } : {}), rule: 'schema', message: issueInWords(issue) },
    ];
  });
}

function within(issue: Issue): readonly Issue[] {
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element') return issue.issues;
  if (issue.code !== 'invalid_union') return [];
  const values = issue.errors.flat().filter(isWrongValue);
  const [first] = values;
  if (first && values.length === issue.errors.flat().length)
    return [{ ...first, values: values.flatMap((each) => each.values) }];
  const forms = issue.errors.filter((form) => !form.some(isOfAnotherKind));
  return forms.toSorted((a, b) => distance(a) - distance(b))[0] ?? [];
}

function isWrongValue(issue: Issue): issue is Issue & { code: 'invalid_value' } {
  return issue.code === 'invalid_value' && issue.path.length === 0;
}

/** A text where an object is possible is no object that went wrong. */
function isOfAnotherKind({ code, path }: Issue): boolean {
  return code === 'invalid_type' && path.length === 0;
}

/** Fields that are missing or unknown tell that another form was meant, more than anything inside them. */
function distance(form: readonly Issue[]): number {
  return form.reduce(
    (sum, issue) =>
      sum + (issue.code === 'unrecognized_keys' ? issue.keys.length * 100 : issue.path.length > 1 ? 1 : 100),
    0,
  );
}

/** `['changes', 3, 'code']` -> `changes[3].code` */
function pathText(path: Path): string {
  return path
    .map((segment, i) => (typeof segment === 'number' ? `[${segment}]` : `${i ? '.' : ''}${String(segment)}`))
    .join('');
}
