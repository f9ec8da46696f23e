import type { AttributeValue, Entry } from '#taxonomy';
import {
  headerOf,
  textKinds,
  type AttributeType,
  type Column,
  type TextKind,
} from '../../imports/formats/table/columns.ts';

/** What the entries of a revision say, as far as it makes columns. */
export interface Extent {
  readonly texts: readonly { readonly kind: TextKind; readonly language: string }[];
  readonly attributes: readonly { readonly name: string; readonly type: AttributeType }[];
}

/** All columns of an export: where an entry stands, each text in each language, each attribute in each type it has. */
export function columnsOf({ texts, attributes }: Extent): Column[] {
  const languages = [...new Set(texts.map(({ language }) => language))].sort();
  const isUsed = new Set(texts.map(({ kind, language }) => `${kind}:${language}`));
  return [
    ...(['conceptId', 'code', 'level', 'parent', 'rank'] as const).map((kind) => ({ kind })),
    ...languages.flatMap((language) =>
      textKinds.filter((kind) => isUsed.has(`${kind}:${language}`)).map((kind) => ({ kind, language })),
    ),
    ...attributes
      .map((attribute) => ({ kind: 'attribute' as const, ...attribute }))
      .sort((a, b) => (headerOf(a) < headerOf(b) ? -1 : 1)),
  ];
}

/** What entries in memory say; `readExtent` asks the database the same. */
export function extentOf(entries: Iterable<Pick<Entry, 'titles' | 'notes' | 'attributes'>>): Extent {
  const texts = new Map<string, Extent['texts'][number]>();
  const attributes = new Map<string, Extent['attributes'][number]>();
  const addText = (kind: TextKind, language: string) => texts.set(`${kind}:${language}`, { kind, language });
  for (const entry of entries) {
    for (const [language, { short }] of Object.entries(entry.titles)) {
      addText('title', language);
      if (short !== undefined) addText('shortTitle', language);
    }
    for (const [language, note] of Object.entries(entry.notes))
      for (const kind of ['includes', 'excludes', 'guidance'] as const)
        if (note[kind] !== undefined) addText(kind, language);
    for (const [name, value] of Object.entries(entry.attributes)) {
      const type = typeOf(value);
      attributes.set(`${name}:${type}`, { name, type });
    }
  }
  return { texts: [...texts.values()], attributes: [...attributes.values()] };
}

export function typeOf(value: AttributeValue): AttributeType {
  if (typeof value === 'string') return 'text';
  return typeof value === 'boolean' ? 'boolean' : 'integer';
}
