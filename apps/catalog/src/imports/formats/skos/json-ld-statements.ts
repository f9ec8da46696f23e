import { say } from '#words';
import { rdf, xsd } from '../../../skos/vocabulary.ts';
import { isObject, type Context, type Term as Member } from './json-ld-context.ts';
import { JsonLdRefused } from './json-ld-refused.ts';
import type { Term, Triple } from './triple.ts';

type Node = Readonly<Record<string, unknown>>;

/**
 * The statements of a node object and of all nodes within it (JSON-LD 1.1 sections 3 and 4). Lists say nothing about a
 * map, and are passed over. Contexts inside are not read: they would change what names mean in the midst of a map.
 */
export class JsonLdStatements {
  private readonly tell: (triple: Triple) => void;
  private blanks = 0;

  constructor(tell: (triple: Triple) => void) {
    this.tell = tell;
  }

  /** @throws JsonLdRefused */
  readNode(node: Node, context: Context): Term {
    const members = Object.entries(node).map(([name, value]) => [context.term(name), value] as const);
    const id = members.find(([{ means }]) => means === '@id')?.[1];
    const subject = typeof id === 'string' ? resource(context.iri(id)) : resource(`_:${++this.blanks}`);
    for (const [member, value] of members)
      if (member.means?.startsWith('@')) this.readKeyword(subject, member.means, value, context);
      else if (member.means !== null) this.readMember(subject, member, member.means, value, context);
    return subject;
  }

  private readKeyword(subject: Term, keyword: string, value: unknown, context: Context): void {
    if (keyword === '@type')
      for (const type of listed(value))
        if (typeof type === 'string') this.say(subject, rdf('type'), resource(context.vocabulary(type)));
    if (keyword === '@graph' || keyword === '@included')
      for (const node of listed(value)) if (isObject(node)) this.readNode(node, context);
    if (keyword === '@reverse' && isObject(value))
      for (const [name, others] of Object.entries(value)) {
        const { means } = context.term(name);
        if (means !== null) this.readReverse(subject, means, others, context);
      }
    if (keyword === '@context') throw new JsonLdRefused(say`A context stands within a node`);
    if (keyword === '@nest') throw new JsonLdRefused(say`@nest is used, which is not read`);
  }

  private readMember(
    subject: Term,
    member: Member,
    predicate: string,
    value: unknown,
    context: Context,
  ): void {
    if (member.isReverse) return this.readReverse(subject, predicate, value, context);
    const { container } = member;
    if (container.includes('@list')) return;
    if (isObject(value) && container.includes('@language')) {
      for (const [language, texts] of Object.entries(value))
        for (const text of listed(texts))
          if (typeof text === 'string') this.say(subject, predicate, literal(text, languageOf(language)));
    } else if (isObject(value) && container.includes('@index')) {
      for (const one of Object.values(value))
        this.readMember(subject, { ...member, container: [] }, predicate, one, context);
    } else if (container.some((kind) => kind !== '@set' && kind !== '@language' && kind !== '@index')) {
      throw new JsonLdRefused(say`A container ${container.join(', ')} is used, which is not read`);
    } else
      for (const one of listed(value)) {
        const object = this.objectOf(one, member, context);
        if (object) this.say(subject, predicate, object);
      }
  }

  /** A value as what a statement says; a node is read on the way. */
  private objectOf(value: unknown, { type, language }: Member, context: Context): Term | null {
    if (isObject(value)) return this.objectOfObject(value, context);
    if (typeof value === 'string') {
      if (type === '@id') return resource(context.iri(value));
      if (type === '@vocab') return resource(context.vocabulary(value));
      if (type !== undefined && type !== '@none') return literal(value, undefined, type);
      return literal(value, language);
    }
    return plain(value, type?.startsWith('@') ? undefined : type);
  }

  private objectOfObject(object: Node, context: Context): Term | null {
    const said = new Map(Object.entries(object).map(([name, value]) => [context.term(name).means, value]));
    if (said.has('@list')) return null;
    if (said.has('@set')) throw new JsonLdRefused(say`@set is used, which is not read`);
    if (!said.has('@value')) return this.readNode(object, context);
    const [value, language, type] = [said.get('@value'), said.get('@language'), said.get('@type')];
    const datatype = typeof type === 'string' ? context.vocabulary(type) : undefined;
    if (typeof value !== 'string') return plain(value, datatype);
    return literal(value, typeof language === 'string' ? language : undefined, datatype);
  }

  private readReverse(object: Term, predicate: string, others: unknown, context: Context): void {
    for (const other of listed(others)) {
      if (typeof other === 'string') this.say(resource(context.iri(other)), predicate, object);
      if (isObject(other)) this.say(this.readNode(other, context), predicate, object);
    }
  }

  private say(subject: Term, predicate: string, object: Term): void {
    this.tell({ subject, predicate: resource(predicate), object });
  }
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function resource(iri: string): Term {
  return { termType: iri.startsWith('_:') ? 'BlankNode' : 'NamedNode', value: iri };
}

function literal(value: string, language?: string, type?: string): Term {
  return {
    termType: 'Literal',
    value,
    ...(language === undefined ? {} : { language }),
    ...(type === undefined ? {} : { datatype: { value: type } }),
  };
}

function languageOf(key: string): string | undefined {
  return key === '@none' ? undefined : key;
}

function plain(value: unknown, type: string | undefined): Term | null {
  if (typeof value === 'boolean') return literal(String(value), undefined, type ?? xsd('boolean'));
  if (typeof value !== 'number') return null;
  return literal(String(value), undefined, type ?? xsd(Number.isInteger(value) ? 'integer' : 'double'));
}
