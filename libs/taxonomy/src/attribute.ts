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
