import {
  attributeSchema,
  codeSchema,
  conceptIdSchema,
  languageSchema,
  noteSchema,
  textSchema,
  titleSchema,
} from '#contracts';
import type { Finding } from '#taxonomy';
import { problemsOfIssues, say, type Sentence } from '#words';
import { z } from 'zod';
import type { FileReader, ImportedRow } from '../../imported-row.ts';
import { decodeUtf8, NotUtf8 } from '../decode-utf8.ts';
import { originFrom } from '../../origin.ts';
import { entriesSplitter, JsonMisformed, splitElements, type Element } from './split-elements.ts';

/** An entry of `export.json`; a file of other origin may leave out what it does not have. */
const elementSchema = z.object({
  conceptId: conceptIdSchema.nullable().default(null),
  code: codeSchema.nullable().default(null),
  parentId: textSchema.nullable().exactOptional(),
  /** An export has both; by hand a code is enough. */
  parentCode: textSchema.nullable().exactOptional(),
  /** Only compared with that of the code: what is no level says nothing. */
  level: z.union([z.number(), textSchema]).nullable().default(null).catch(null),
  rank: z.int().min(-2_147_483_648).max(2_147_483_647).nullable().default(null),
  titles: z.record(languageSchema, titleSchema).default({}),
  notes: z.record(languageSchema, noteSchema).default({}),
  attributes: z.record(textSchema, attributeSchema).default({}),
});

/** The form of `export.json`, or a bare array of its entries, read entry by entry. */
export function readJson(): FileReader {
  return async function* (bytes) {
    const lines = new Map<string, number>();
    const splitter = entriesSplitter();
    try {
      for await (const element of splitElements(decodeUtf8(bytes), splitter)) {
        const row = readElement(element);
        if ('findings' in row) {
          for (const finding of row.findings) yield { finding };
          yield { refused: row.names };
          continue;
        }
        const first = lines.get(row.key);
        if (first === undefined) lines.set(row.key, element.line);
        else yield { finding: repeated(row, first) };
        yield { row };
      }
      const origin = originFrom(parse(splitter.rest));
      if (origin) yield { origin };
    } catch (error) {
      if (error instanceof NotUtf8) yield { finding: error.finding };
      else if (error instanceof JsonMisformed) yield { finding: misformed(error.reason, error.line) };
      else throw error;
    }
  };
}

interface RefusedElement {
  /** By which others may name it as their parent. */
  readonly names: readonly string[];
  readonly findings: readonly Finding[];
}

function readElement({ text, line }: Element): ImportedRow | RefusedElement {
  const json = parse(text);
  if (json === undefined) return { names: [], findings: [wrong(say`An entry is broken.`, line)] };
  const { data, error } = elementSchema.safeParse(json);
  if (!data)
    return {
      names: namesOf(json),
      findings: problemsOfIssues(error.issues).map(({ path, message }) =>
        wrong(
          path === undefined
            ? say`${calledIn(json)}: ${message}`
            : say`${calledIn(json)}, ${path}: ${message}`,
          line,
        ),
      ),
    };
  const { conceptId, code, parentId, parentCode, level, titles, ...rest } = data;
  const key = conceptId ?? code ?? Object.values(titles)[0]?.official;
  if (key === undefined)
    return {
      names: [],
      findings: [wrong(say`An entry has neither a concept id nor a code nor a title.`, line)],
    };
  return {
    key,
    conceptId,
    code,
    parent: parentId === undefined ? parentCode : parentId,
    ...(parentId !== undefined && parentCode ? { parentCode } : {}),
    ...(level === null ? {} : { level: String(level) }),
    titles,
    ...rest,
    line,
  };
}

function namesOf(json: unknown): string[] {
  if (typeof json !== 'object' || json === null) return [];
  const named = Object.entries(json).filter(([member]) => member === 'conceptId' || member === 'code');
  return named.flatMap(([, name]) => (typeof name === 'string' ? name : []));
}

/** What an entry is called that is not as it should be. */
const calledIn = (json: unknown): Sentence | string => namesOf(json)[0]?.slice(0, 100) ?? say`An entry`;

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const misformed = (message: Sentence, line: number): Finding =>
  wrong(say`The file is not an export in JSON: ${message}.`, line);

function wrong(message: Sentence, line: number): Finding {
  return { rule: 'json-form', severity: 'error', message, line };
}

function repeated({ key, code, line }: ImportedRow, first: number): Finding {
  return {
    rule: code === null ? 'entry-repeated' : 'code-duplicate',
    severity: 'error',
    message: say`${key} stands already on line ${first}.`,
    ...(line === undefined ? {} : { line }),
    ...(code === null ? {} : { code }),
  };
}
