import { schemaId } from './schema.ts';

type Resource = Readonly<Record<string, unknown>>;

/** Always shown (RFC 7643 section 7, returned "always"). */
const always = ['schemas', 'id'];

/**
 * Leaves of a resource what a request wants (RFC 7644 section 3.9).
 * @param query `attributes` or `excludedAttributes`: names separated by commas, sub-attributes count as their attribute
 */
export function wantedAttributes(
  resource: Resource,
  query: Readonly<Record<string, string | undefined>>,
): Resource {
  const wanted = namesIn(query['attributes']);
  const unwanted = namesIn(query['excludedAttributes']);
  if (wanted.length === 0 && unwanted.length === 0) return resource;
  const isShown = (name: string): boolean => {
    if (always.includes(name)) return true;
    return wanted.length > 0 ? wanted.includes(name.toLowerCase()) : !unwanted.includes(name.toLowerCase());
  };
  return Object.fromEntries(Object.entries(resource).filter(([name]) => isShown(name)));
}

function namesIn(list = ''): string[] {
  const prefix = `${schemaId.toLowerCase()}:`;
  return list
    .toLowerCase()
    .split(',')
    .map((name) => name.trim().replace(prefix, '').split('.')[0] ?? '')
    .filter((name) => name !== '');
}
