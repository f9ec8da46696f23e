import { DataFactory, Writer, type Quad_Object } from 'n3';
import { prefixes } from '../../skos/vocabulary.ts';
import type { Described, Value } from './statement.ts';

/** Writes Turtle (RDF 1.1) piece by piece: `open`, then resources, then `close`. */
export class TurtleWriter {
  private text = '';
  private readonly writer: Writer;

  /** @param local prefixes of this export, such as `concept` */
  constructor(local: Readonly<Record<string, string>>) {
    const write = (chunk: string, _: string, done?: () => void): void => {
      this.text += chunk;
      done?.();
    };
    this.writer = new Writer(
      { write, end: (done?: () => void) => done?.() },
      { prefixes: { ...prefixes, ...local } },
    );
  }

  write({ subject, statements, reverse = [] }: Described): string {
    for (const [predicate, value] of statements)
      this.writer.addQuad(
        DataFactory.namedNode(subject),
        DataFactory.namedNode(predicate),
        this.termOf(value),
      );
    for (const [predicate, other] of reverse)
      this.writer.addQuad(
        DataFactory.namedNode(other),
        DataFactory.namedNode(predicate),
        DataFactory.namedNode(subject),
      );
    return this.taken();
  }

  close(): string {
    this.writer.end();
    return this.taken();
  }

  private termOf(value: Value): Quad_Object | Quad_Object[] {
    if ('iri' in value) return DataFactory.namedNode(value.iri);
    if ('list' in value) return this.writer.list(value.list.map((iri) => DataFactory.namedNode(iri)));
    const { text, language, type } = value;
    return DataFactory.literal(text, language ?? (type ? DataFactory.namedNode(type) : undefined));
  }

  private taken(): string {
    const { text } = this;
    this.text = '';
    return text;
  }
}
