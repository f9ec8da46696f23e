import { languageSchema } from '#contracts';
import type { AttributeDefinition } from '#taxonomy';

/** What a column of a table holds. */
export type Column =
  | { readonly kind: PlainKind }
  | { readonly kind: TextKind; readonly language: string }
  | { readonly kind: 'attribute'; readonly name: string; readonly type: AttributeType };

export type PlainKind = 'conceptId' | 'code' | 'level' | 'parent' | 'path' | 'rank' | 'change' | 'reason';
export type TextKind = 'title' | 'shortTitle' | 'includes' | 'excludes' | 'guidance';
export const attributeTypes = ['text', 'integer', 'boolean'] as const;
export type AttributeType = (typeof attributeTypes)[number];
/** `fixed`: of exports, for programs; the languages: of the file for editing, for people. */
export type HeaderStyle = 'fixed' | 'it' | 'en';

type Names = { readonly [style in HeaderStyle]: string } & { readonly also: readonly string[] };

const names: Readonly<Record<PlainKind | TextKind, Names>> = {
  conceptId: { fixed: 'concept_id', it: 'Identificativo', en: 'Concept id', also: ['id voce'] },
  code: { fixed: 'code', it: 'Codice', en: 'Code', also: [] },
  level: { fixed: 'level', it: 'Livello', en: 'Level', also: [] },
  parent: {
    fixed: 'parent',
    it: 'Voce superiore',
    en: 'Parent',
    also: ['padre', 'codice padre', 'codice superiore', 'parent code'],
  },
  path: { fixed: 'path', it: 'Percorso', en: 'Path', also: ['categoria', 'category'] },
  rank: { fixed: 'rank', it: 'Ordine', en: 'Rank', also: ['order'] },
  title: {
    fixed: 'title',
    it: 'Titolo',
    en: 'Title',
    also: ['titolo ufficiale', 'official title', 'denominazione', 'descrizione', 'description', 'name'],
  },
  shortTitle: { fixed: 'short_title', it: 'Titolo breve', en: 'Short title', also: [] },
  includes: { fixed: 'includes', it: 'Comprende', en: 'Includes', also: ['include'] },
  excludes: { fixed: 'excludes', it: 'Esclude', en: 'Excludes', also: ['non comprende'] },
  guidance: { fixed: 'guidance', it: 'Indicazioni', en: 'Guidance', also: ['note', 'notes'] },
  change: { fixed: 'change_asked', it: 'Variazione chiesta', en: 'Change asked', also: [] },
  reason: { fixed: 'reason', it: 'Motivo', en: 'Reason', also: [] },
};

export const textKinds = ['title', 'shortTitle', 'includes', 'excludes', 'guidance'] as const;
const isTextKind = (kind: string): kind is TextKind => textKinds.some((known) => known === kind);
const isKind = (kind: string): kind is PlainKind | TextKind => Object.hasOwn(names, kind);

const byName = new Map(
  Object.entries(names).flatMap(([kind, { fixed, it, en, also }]) =>
    isKind(kind) ? [fixed, it, en, ...also].map((name) => [normalised(name), kind] as const) : [],
  ),
);

/** `title:en`, `Titolo [en]`, `Titolo (en)` */
const withLanguage = /^(.+?)\s*[:[(]\s*([A-Za-z0-9-]+)\s*[\])]?\s*$/;
const attribute = /^(?:attribute|attributo):([\s\S]+?)(?::(text|integer|boolean))?$/;

/**
 * What a header names: in Italian or English, in any case, with `_` for a space; null for one that is not ours.
 * @param stated names of this file's own, by kind: `{ code: 'Cod. processo' }`
 * @param defined attributes of the edition, whose types hold where the header states none
 */
export function columnOf(
  header: string,
  language: string,
  stated: Readonly<Partial<Record<string, string>>> = {},
  defined: readonly AttributeDefinition[] = [],
): Column | null {
  if (header.length > 200) return null;
  const own = Object.entries(stated).find(([, name]) => name && normalised(name) === normalised(header))?.[0];
  if (own !== undefined && isKind(own)) return isTextKind(own) ? { kind: own, language } : { kind: own };
  const [, name, type] = attribute.exec(header) ?? [];
  if (name !== undefined) {
    const definition = defined.find((attribute) => attribute.name === name);
    return { kind: 'attribute', name, type: attributeType(type ?? definition?.type) };
  }
  const kind = byName.get(normalised(header));
  if (kind) return isTextKind(kind) ? { kind, language } : { kind };
  const [, base = '', tag = ''] = withLanguage.exec(header) ?? [];
  const textKind = byName.get(normalised(base));
  if (!textKind || !isTextKind(textKind) || !languageSchema.safeParse(tag).success) return null;
  return { kind: textKind, language: tag };
}

/** What stands where the type of an attribute should: `attributo:ore:interi` -> `interi`; null where no type is meant. */
export function badTypeOf(header: string): string | null {
  const [, name = '', type] = attribute.exec(header.slice(0, 200)) ?? [];
  const colon = name.lastIndexOf(':');
  return type !== undefined || colon < 0 ? null : name.slice(colon + 1);
}

/** What a header names that is a title of no language: `titolo [italiano]` -> `italiano`; null when it names something else. */
export function badLanguageOf(header: string): string | null {
  const [, base = '', tag = ''] = withLanguage.exec(header.slice(0, 200)) ?? [];
  const kind = byName.get(normalised(base));
  return kind === 'title' && !languageSchema.safeParse(tag).success ? tag : null;
}

/** The header of a column; `columnOf` reads it back. */
export function headerOf(column: Column, style: HeaderStyle = 'fixed'): string {
  if (column.kind === 'attribute')
    return `${style === 'it' ? 'attributo' : 'attribute'}:${column.name}:${column.type}`;
  const name = names[column.kind][style];
  if (!('language' in column)) return name;
  return style === 'fixed' ? `${name}:${column.language}` : `${name} [${column.language}]`;
}

/** The part of an entry that a column holds, as findings name it. */
export const fieldOf = (column: Column): string =>
  column.kind === 'attribute' ? `attribute:${column.name}` : headerOf(column);

function attributeType(type: string | undefined): AttributeType {
  return type === 'integer' || type === 'boolean' ? type : 'text';
}

function normalised(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .trim();
}
