import { CmisError } from './cmis-error.ts';
import type { RecordsStore } from './records.store.ts';
import { newType, typeDefinition, type TypeDefinition } from './type-definition.ts';

/** createType from the JSON of a type definition. @throws CmisError invalidArgument, also when the type is there already */
export function createType(store: RecordsStore, json: string | undefined): TypeDefinition {
  const result = newType.safeParse(parse(json));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new CmisError(
      'invalidArgument',
      `Invalid type definition: ${issue?.path.join('.')} ${issue?.message}`,
    );
  }
  const type = typeDefinition(result.data);
  if (store.type(type.id)) {
    throw new CmisError(
      'invalidArgument',
      `Cannot add type, because type with id ${type.id} already exists.`,
    );
  }
  store.transaction(() => store.addType(type));
  return type;
}

function parse(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? '');
  } catch {
    throw new CmisError('invalidArgument', 'Type definition is not JSON!');
  }
}
