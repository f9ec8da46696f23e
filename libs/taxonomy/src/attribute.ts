import type { AttributeValue, Content } from './entry.ts';

export const attributeTypes = ['string', 'boolean', 'integer', 'code-list'] as const;

/** What an edition says of one attribute of its entries. */
export interface AttributeDefinition {
  readonly name: string;
  readonly type: (typeof attributeTypes)[number];
  /** Of a code list. */
  readonly values?: readonly string[];
  /** Part of the content hash, and so of what approval and consumers rely on. */
  readonly inHash: boolean;
  /** Sent to targets. */
  readonly synced: boolean;
}

/** One value of one attribute. */
export interface AttributeMark {
  readonly attribute: string;
  readonly value: AttributeValue;
}

/** What an edition calls the attributes that its import writes on entries, whether or not it defines them. */
export interface ImportMarks {
  /** Of an entry whose title the source lost: it may stay without one. */
  readonly missingTitle?: AttributeMark;
  /** Of a top entry with a code that stands below no heading of its own. */
  readonly unstatedParent?: AttributeMark;
  /** Attribute that says why an entry was corrected. */
  readonly evidenceAttribute?: string;
}

/** The attributes that the content hash covers; what is outside it stays inside the catalog, and no event carries it. */
export function hashedAttributes(
  attributes: Content['attributes'],
  definitions: readonly AttributeDefinition[] = [],
): Content['attributes'] {
  const unhashed = definitions.filter(({ inHash, name }) => !inHash && name in attributes);
  if (unhashed.length === 0) return attributes;
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => !unhashed.some((definition) => definition.name === name)),
  );
}

/** Whether a value is what its definition takes. */
export function isOfDefinition({ type, values }: AttributeDefinition, value: AttributeValue): boolean {
  if (type === 'code-list') return typeof value === 'string' && (values ?? []).includes(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}
