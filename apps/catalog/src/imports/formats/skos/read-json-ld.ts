import type { Edition } from '#contracts';
import type { Finding } from '#taxonomy';
import { say, type Sentence } from '#words';
import type { FileReader } from '../../imported-row.ts';
import { decodeUtf8, NotUtf8 } from '../decode-utf8.ts';
import { ElementSplitter, JsonMisformed, type Element } from '../json/split-elements.ts';
import { Gathering } from './gather.ts';
import { emptyContext, isObject, type Context } from './json-ld-context.ts';
import { JsonLdRefused } from './json-ld-refused.ts';
import { JsonLdStatements } from './json-ld-statements.ts';
import { rowsOfConcepts } from './rows-of-concepts.ts';
import type { SkosOptions } from './skos-options.ts';
import { tooLarge } from './too-large.ts';

/** Characters of a node, of what stands beside the graph, and of nodes that wait for their context. */
const mostKept = 32_000_000;

/** SKOS in JSON-LD 1.1, read node by node. Its context must be inside: nothing is ever fetched. */
export function readJsonLd(edition: Edition, options: SkosOptions): FileReader {
  return async function* (bytes) {
    const gathering = new Gathering();
    const refusal = await new Reading(gathering).read(bytes);
    if (refusal) yield { finding: refusal };
    else yield* rowsOfConcepts(edition, options, gathering);
  };
}

/**
 * 1. The nodes of `@graph`, or of a bare array, are cut out one by one.
 * 2. When the context stands before them, each is read at once; else they wait for it.
 * 3. What stands beside them is a node too: a file may be one node with all others within it.
 */
class Reading {
  private line = 1;
  private readonly splitter = new ElementSplitter({ array: '@graph', longest: mostKept, keepsRest: true });
  private readonly statements: JsonLdStatements;
  private readonly gathering: Gathering;
  private context: Context | 'not asked' | 'not yet' = 'not asked';
  private waiting: Element[] = [];
  private waitingLength = 0;

  constructor(gathering: Gathering) {
    this.gathering = gathering;
    this.statements = new JsonLdStatements((triple) => gathering.add(triple, this.line));
  }

  async read(bytes: AsyncIterable<Uint8Array>): Promise<Finding | null> {
    try {
      for await (const text of decodeUtf8(bytes))
        for (const element of this.splitter.split(text)) {
          await this.take(element);
          if (this.gathering.isTooLarge) return tooLarge;
        }
      this.splitter.end();
      await this.finish();
      return this.gathering.isTooLarge ? tooLarge : null;
    } catch (error) {
      if (error instanceof NotUtf8) return error.finding;
      if (error instanceof JsonMisformed) return unreadable(error.reason, error.line);
      if (error instanceof JsonLdRefused) return refused(error, this.line);
      throw error;
    }
  }

  private async take(element: Element): Promise<void> {
    if (this.context === 'not asked') {
      const { rest } = this.splitter;
      this.context = await contextOf(parse(rest + (rest.trimStart().startsWith('[') ? ']' : ']}'), 1));
    }
    if (this.context !== 'not yet') return this.readElement(element, this.context);
    this.waiting.push(element);
    this.waitingLength += element.text.length;
    if (this.waitingLength > mostKept)
      throw new JsonLdRefused(say`"@context" stands after a long "@graph"; put it before`);
  }

  private async finish(): Promise<void> {
    const rest = parse(this.splitter.rest, 1);
    const context = await contextOf(rest);
    const known = context === 'not yet' ? emptyContext : context;
    for (const element of this.waiting) await this.readElement(element, known);
    this.line = 1;
    if (!isObject(rest)) return;
    const { '@context': _, ...node } = rest;
    this.statements.readNode(node, known);
  }

  private async readElement({ text, line }: Element, context: Context): Promise<void> {
    this.line = line;
    const parsed = parse(text, line);
    for (const node of Array.isArray(parsed) ? parsed.filter(isObject) : [parsed].filter(isObject)) {
      const { '@context': own, ...members } = node;
      this.statements.readNode(members, own === undefined ? context : await context.with(own));
    }
  }
}

async function contextOf(outermost: unknown): Promise<Context | 'not yet'> {
  if (!isObject(outermost)) return emptyContext;
  return '@context' in outermost ? emptyContext.with(outermost['@context']) : 'not yet';
}

function parse(text: string, line: number): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new JsonMisformed(say`it is no JSON`, line);
  }
}

function refused({ reason, rule }: JsonLdRefused, line: number): Finding {
  if (rule === 'json-ld-form') return unreadable(reason, line);
  const text = say`The file needs the context ${reason}, and nothing is fetched; put the context into the file.`;
  return { rule, severity: 'error', message: text, line };
}

function unreadable(reason: Sentence, line: number): Finding {
  const text = say`The file is not JSON-LD that can be read: ${reason} (line ${line}).`;
  return { rule: 'json-ld-form', severity: 'error', message: text, line };
}
