import { CmisError } from './cmis-error.ts';
import type { RecordsStore } from './records.store.ts';

/** The signs that OpenCMIS does not take in names. */
const forbidden = /[/\\:"*?<>|]/;

/** @throws CmisError for a name that is empty, has a forbidden sign, or is a sibling's */
export function checkName(
  store: RecordsStore,
  name: string | null,
  parentId: number | null,
  own: number | null,
): string {
  if (name === null) throw new CmisError('constraint', 'name must not be empty.');
  if (forbidden.test(name)) {
    const signs = `'/', '\\', ':', '"', '*'. '?', '<','>', '|'`;
    throw new CmisError(
      'invalidArgument',
      `Name contains illegal characters, not allowed are ${signs} Name is: ${name}`,
    );
  }
  const sibling = parentId === null ? undefined : store.child(parentId, name);
  if (sibling && sibling.id !== own) {
    throw new CmisError(
      'nameConstraintViolation',
      `Cannot use the name ${name}, it already exists in the parent folder.`,
    );
  }
  return name;
}
