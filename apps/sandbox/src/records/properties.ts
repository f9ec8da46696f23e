import { CmisError } from './cmis-error.ts';
import type { Form } from './form.ts';
import type { PropertyDefinition } from './type-definition.ts';

export type PropertyValue = string | number | boolean | null;
export type Properties = ReadonlyMap<string, PropertyValue>;

/** Properties of a form as they were written; null for one that is named without a value, which empties it. */
export type GivenProperties = ReadonlyMap<string, string | null>;

/** `propertyId[0]=…`, `propertyValue[0]=…` (or `propertyValue[0][0]`). */
export function readProperties(form: Form): GivenProperties {
  const properties = new Map<string, string | null>();
  for (let i = 0; ; i++) {
    const id = form.get(`propertyId[${i}]`);
    if (id === undefined) return properties;
    properties.set(id, form.get(`propertyValue[${i}]`) ?? form.get(`propertyValue[${i}][0]`) ?? null);
  }
}

/**
 * Texts of a form -> values of the type's properties.
 * @throws CmisError invalidArgument for an unknown property or a value of the wrong type
 */
export function typedProperties(
  given: GivenProperties,
  definitions: Readonly<Record<string, PropertyDefinition>>,
): Properties {
  return new Map(
    [...given].map(([id, text]) => {
      const definition = Object.hasOwn(definitions, id) ? definitions[id] : undefined;
      if (!definition) throw new CmisError('invalidArgument', `${id} is unknown!`);
      return [id, text === null ? null : typed(definition, text)];
    }),
  );
}

function typed({ id, propertyType }: PropertyDefinition, text: string): PropertyValue {
  switch (propertyType) {
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true';
      break;
    case 'integer':
    case 'datetime':
      if (/^-?\d{1,16}$/.test(text)) return Number(text);
      break;
    case 'decimal':
      if (text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
      break;
    default:
      return text;
  }
  throw new CmisError('invalidArgument', `${id} value is not an ${propertyType} value!`);
}
