import { say, verbatim } from '#words';
import { ContextParser, JsonLdContextNormalized } from 'jsonld-context-parser';
import { JsonLdRefused } from './json-ld-refused.ts';

/** What a name of a member means. */
export interface Term {
  /** IRI or keyword; null: the member says nothing. */
  readonly means: string | null;
  readonly isReverse: boolean;
  /** `@id`, `@vocab`, or the datatype of plain values. */
  readonly type: string | undefined;
  readonly language: string | undefined;
  readonly container: readonly string[];
}

const longestContext = 1_000_000;
const mostTerms = 10_000;

/** The rules of one context, with each name looked up once. */
export class Context {
  private readonly rules: JsonLdContextNormalized;
  private readonly terms = new Map<string, Term>();
  private last: { readonly text: string; readonly context: Context } | undefined;

  constructor(rules: JsonLdContextNormalized) {
    this.rules = rules;
  }

  term(name: string): Term {
    let term = this.terms.get(name);
    if (!term) {
      term = this.lookUp(name);
      if (this.terms.size < mostTerms) this.terms.set(name, term);
    }
    return term;
  }

  iri(text: string): string {
    return this.rules.expandTerm(text, false) ?? text;
  }

  /** As `iri`, of something that may also be a term: a type. */
  vocabulary(text: string): string {
    return this.rules.expandTerm(text, true) ?? text;
  }

  /**
   * This context with another on top of it; nodes of one file often repeat the same.
   * @throws JsonLdRefused also when it stands elsewhere: nothing is fetched
   */
  async with(context: unknown): Promise<Context> {
    const text = JSON.stringify(context);
    if (text.length > longestContext)
      throw new JsonLdRefused(say`A context is longer than ${longestContext} characters`);
    if (this.last?.text !== text) this.last = { text, context: await parseContext(context, this.rules) };
    return this.last.context;
  }

  private lookUp(name: string): Term {
    const raw: Readonly<Record<string, unknown>> = this.rules.getContextRaw();
    const stated = Object.hasOwn(raw, name) ? raw[name] : undefined;
    const rules = isObject(stated) ? stated : {};
    if ('@context' in rules) throw new JsonLdRefused(say`The term "${name}" has a context of its own`);
    const means = this.rules.expandTerm(name, true);
    const language = '@language' in rules ? rules['@language'] : raw['@language'];
    return {
      means: means?.startsWith('@') || means?.includes(':') ? means : null,
      isReverse: '@reverse' in rules,
      type: typeof rules['@type'] === 'string' ? rules['@type'] : undefined,
      language: typeof language === 'string' ? language : undefined,
      container: Object.keys(isObject(rules['@container']) ? rules['@container'] : {}),
    };
  }
}

export const emptyContext = new Context(new JsonLdContextNormalized({}));

async function parseContext(context: unknown, below: JsonLdContextNormalized): Promise<Context> {
  let needed: string | undefined;
  const load = (url: string): Promise<never> => {
    needed ??= url;
    return Promise.reject(new Error('nothing is fetched'));
  };
  const parser = new ContextParser({ documentLoader: { load } });
  try {
    return new Context(
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the library checks what it is
      await parser.parse(context as JsonLdContextNormalized, { parentContext: below.getContextRaw() }),
    );
  } catch (error) {
    if (needed !== undefined) throw new JsonLdRefused(verbatim(needed), 'context-remote');
    throw new JsonLdRefused(verbatim(error instanceof Error ? error.message : String(error)));
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
