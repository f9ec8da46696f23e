import { isDeepStrictEqual } from 'node:util';
import type { Registered } from './read-registry.ts';
import type { FieldChange, RegistryChange } from './schemas.ts';
import type { TargetsFile } from './targets-file.ts';

interface Item {
  readonly id: string;
}

/**
 * What a file changes, in its order: what is new, what differs field by field, and the targets that it does not name any
 * more. A known target keeps its mode. Organisations, systems and profiles that it does not name stay as they are.
 */
export function compareRegistry(before: Registered, file: TargetsFile): RegistryChange[] {
  const named = new Set(file.targets.map(({ id }) => id));
  const gone = before.targets.filter(({ id }) => !named.has(id) && !before.unlisted.has(id));
  return [
    ...compareItems('organisation', before.organisations, file.organisations),
    ...compareItems('system', before.systems, file.systems),
    ...compareItems('profile', before.profiles, file.profiles),
    ...compareItems('target', before.targets, file.targets, before.unlisted),
    ...gone.map(({ id }): RegistryChange => ({ what: 'target', id, is: 'unlisted', fields: [] })),
  ];
}

function compareItems(
  what: RegistryChange['what'],
  before: readonly Item[],
  after: readonly Item[],
  unlisted: ReadonlySet<string> = new Set(),
): RegistryChange[] {
  const known = new Map(before.map((item) => [item.id, item]));
  return after.flatMap((item): RegistryChange[] => {
    const { id } = item;
    const old = known.get(id);
    const fields = compareFields(old, item).filter(({ field }) => !old || field !== 'mode');
    if (!old) return [{ what, id, is: 'created', fields }];
    if (unlisted.has(id)) return [{ what, id, is: 'listed-again', fields }];
    return fields.length > 0 ? [{ what, id, is: 'changed', fields }] : [];
  });
}

function compareFields(before: Item | undefined, after: Item): FieldChange[] {
  const old = new Map<string, unknown>(Object.entries(before ?? {}));
  return Object.entries(after).flatMap(([field, value]) =>
    field === 'id' || isDeepStrictEqual(old.get(field), value)
      ? []
      : [{ field, before: old.get(field) ?? null, after: value }],
  );
}
