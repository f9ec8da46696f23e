import { z } from 'zod';
import { attributeNames } from './activity-code.ts';
import { schemaId } from './schema.ts';
import { ScimError } from './scim-error.ts';

const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const request = z.looseObject({
  schemas: z
    .array(z.string())
    .refine((schemas) => schemas.includes(patchOp), `schemas must contain ${patchOp}`),
  Operations: z
    .array(
      z.object({
        op: z
          .string()
          .toLowerCase()
          .pipe(z.enum(['add', 'replace', 'remove'], 'op is add, replace or remove')),
        path: z.string().optional(),
        value: z.unknown().optional(),
      }),
    )
    .min(1),
});

export type PatchOperation = z.infer<typeof request>['Operations'][number];
type Resource = Readonly<Record<string, unknown>>;

/** The body of a PATCH. @throws ScimError 400 invalidSyntax */
export function readPatch(body: unknown): readonly PatchOperation[] {
  const result = request.safeParse(body);
  if (result.success) return result.data.Operations;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new ScimError(400, problems.join('; '), 'invalidSyntax');
}

/**
 * Applies operations in their order (RFC 7644 section 3.5.2); all attributes have one value, so add replaces.
 * @param resource as SCIM shows it
 * @returns the resource as a PUT would give it
 */
export function applyPatch(resource: Resource, operations: readonly PatchOperation[]): Resource {
  return operations.reduce(applyOne, resource);
}

function applyOne(resource: Resource, { op, path, value }: PatchOperation): Resource {
  if (path === undefined) {
    if (op === 'remove') throw new ScimError(400, 'remove needs a path', 'noTarget');
    const members = z.record(z.string(), z.unknown()).safeParse(value);
    if (!members.success)
      throw new ScimError(400, 'without a path the value is an object of attributes', 'invalidValue');
    return Object.entries(members.data).reduce((sofar, [name, one]) => set(sofar, name, one), resource);
  }
  return set(resource, path, op === 'remove' ? null : value);
}

function set(resource: Resource, path: string, value: unknown): Resource {
  const bare = path.toLowerCase().startsWith(`${schemaId.toLowerCase()}:`)
    ? path.slice(schemaId.length + 1)
    : path;
  if (bare === schemaId || ['schemas', 'id', 'meta'].includes(bare.toLowerCase())) {
    if (bare.toLowerCase() === 'schemas') return resource;
    throw new ScimError(400, `${bare} cannot be changed`, 'mutability');
  }
  const [first = '', second] = bare.split('.');
  const name = attributeNames.find((attribute) => attribute.toLowerCase() === first.toLowerCase());
  if (!name || (second !== undefined && name !== 'parent'))
    throw new ScimError(400, `there is no attribute ${path}`, 'invalidPath');
  if (name === 'code' && value === null) throw new ScimError(400, 'code is required', 'mutability');
  if (second === undefined)
    return { ...resource, [name]: name === 'parent' && typeof value === 'string' ? { value } : value };
  const member = ['value', '$ref'].find((one) => one === second.toLowerCase());
  if (!member) throw new ScimError(400, `there is no attribute ${path}`, 'invalidPath');
  const parent = z.record(z.string(), z.unknown()).nullish().parse(resource['parent']);
  return { ...resource, parent: { ...parent, [member]: value } };
}
