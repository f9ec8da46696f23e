/**
 * The SQL expression of a property in the JSON of its object; the same text as in its index, so that SQLite uses it.
 * @param id checked by the schema of types: letters, digits, `:`, `_`, `-`
 * @param table `o.` or ''
 */
export const propertyColumn = (id: string, table: string): string => `(${table}properties ->> '$."${id}"')`;
