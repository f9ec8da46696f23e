import { z } from 'zod';
import { schemaId } from './schema.ts';
import { ScimError } from './scim-error.ts';

/** What clients write; null where they said nothing. */
export interface Attributes {
  readonly externalId: string | null;
  readonly code: string;
  readonly title: string | null;
  readonly active: boolean | null;
  readonly level: number | null;
  /** ISO 8601 with time. */
  readonly validTo: string | null;
  readonly parentId: string | null;
  readonly parentRef: string | null;
}

/** One stored resource. Instants are ISO 8601 in UTC. */
export interface ActivityCode extends Attributes {
  readonly id: string;
  readonly version: number;
  readonly createdAt: string;
  readonly modifiedAt: string;
}

const text = z.string().nullish();

const resource = z.looseObject({
  schemas: z.array(z.string()).optional(),
  externalId: text,
  code: z
    .string('code is required and is text')
    .trim()
    .min(1, 'code is not empty')
    .max(100, 'code has at most 100 characters'),
  title: z.string().max(2_000, 'title has at most 2000 characters').nullish(),
  active: z.boolean().nullish(),
  level: z.int().nullish(),
  validTo: z.iso
    .datetime({ offset: true, local: true, error: 'validTo is a dateTime such as 2026-12-31T22:59:59Z' })
    .nullish(),
  parent: z.object({ value: text, $ref: text }).nullish(),
});

/** Attributes that clients may change. */
export const attributeNames = [
  'externalId',
  'code',
  'title',
  'active',
  'level',
  'validTo',
  'parent',
] as const;
const readOnly = ['schemas', 'id', 'meta'];

/** The body of a POST or PUT. @throws ScimError 400 invalidSyntax or invalidValue that names every problem */
export function readResource(body: unknown): Attributes {
  const result = resource.safeParse(body);
  if (!result.success) {
    const problems = result.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'body'}: ${message}`,
    );
    throw new ScimError(
      400,
      problems.join('; '),
      result.error.issues[0]?.path.length ? 'invalidValue' : 'invalidSyntax',
    );
  }
  const { schemas, externalId, code, title, active, level, validTo, parent, ...others } = result.data;
  if (schemas && !schemas.includes(schemaId))
    throw new ScimError(400, `schemas must contain ${schemaId}`, 'invalidSyntax');
  const unknown = Object.keys(others).filter((name) => !readOnly.includes(name) && !name.startsWith('urn:'));
  if (unknown.length > 0)
    throw new ScimError(400, `unknown attributes: ${unknown.join(', ')}`, 'invalidSyntax');
  return {
    externalId: externalId ?? null,
    code,
    title: title ?? null,
    active: active ?? null,
    level: level ?? null,
    validTo: validTo ?? null,
    parentId: parent?.value ?? null,
    parentRef: parent?.$ref ?? null,
  };
}

export const etagOf = ({ version }: ActivityCode): string => `W/"${version}"`;

/** A resource as SCIM shows it: attributes without a value are left out. @param base `…/scim/v2` */
export function renderResource(found: ActivityCode, base: string): Record<string, unknown> {
  const { id, externalId, code, title, active, level, validTo, parentId, parentRef } = found;
  const hasParent = parentId !== null || parentRef !== null;
  return {
    schemas: [schemaId],
    id,
    ...present({ externalId, code, title, active, level, validTo }),
    ...(hasParent ? { parent: present({ value: parentId, $ref: parentRef }) } : {}),
    meta: {
      resourceType: 'ActivityCode',
      created: found.createdAt,
      lastModified: found.modifiedAt,
      location: `${base}/ActivityCodes/${id}`,
      version: etagOf(found),
    },
  };
}

function present(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
