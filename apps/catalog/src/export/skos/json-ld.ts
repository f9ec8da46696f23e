import { prefixes, rdf } from '../../skos/vocabulary.ts';
import type { Described, Value } from './statement.ts';

/** Writes JSON-LD 1.1 piece by piece, one resource a line, with its whole context inside. */
export class JsonLdWriter {
  private readonly namespaces: readonly (readonly [prefix: string, namespace: string])[];
  private isFirst = true;

  /** @param local prefixes of this export, such as `concept` */
  constructor(local: Readonly<Record<string, string>>) {
    this.namespaces = Object.entries({ ...prefixes, ...local });
  }

  write({ subject, statements, reverse = [] }: Described): string {
    const node: Record<string, unknown> = { '@id': this.shorten(subject) };
    for (const [predicate, value] of statements) {
      const isType = predicate === rdf('type') && 'iri' in value;
      const key = isType ? '@type' : this.shorten(predicate);
      const said = isType ? this.shorten(value.iri) : this.valueOf(value);
      const before = node[key];
      node[key] = Array.isArray(before) ? [...(before as unknown[]), said] : [said];
    }
    if (reverse.length > 0)
      node['@reverse'] = Object.fromEntries(
        reverse.map(([predicate, other]) => [this.shorten(predicate), { '@id': this.shorten(other) }]),
      );
    return this.next() + JSON.stringify(node);
  }

  close(): string {
    return `${this.isFirst ? this.opening() : ''}\n]}\n`;
  }

  private next(): string {
    if (!this.isFirst) return ',\n';
    this.isFirst = false;
    return this.opening();
  }

  private opening(): string {
    const context = { '@version': 1.1, ...Object.fromEntries(this.namespaces) };
    return `{"@context":${JSON.stringify(context)},\n"@graph":[\n`;
  }

  private valueOf(value: Value): object {
    if ('iri' in value) return { '@id': this.shorten(value.iri) };
    if ('list' in value) return { '@list': value.list.map((iri) => ({ '@id': this.shorten(iri) })) };
    const { text, language, type } = value;
    return {
      '@value': text,
      ...(language ? { '@language': language } : {}),
      ...(type ? { '@type': this.shorten(type) } : {}),
    };
  }

  /** `http://www.w3.org/2004/02/skos/core#notation` -> `skos:notation` */
  private shorten(iri: string): string {
    const found = this.namespaces.find(([, namespace]) => iri.startsWith(namespace));
    return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
  }
}
