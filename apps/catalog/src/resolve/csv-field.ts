/** All fields of a record, without their quotes (RFC 4180). */
export function fieldsOf(record: string, delimiter: string): string[] {
  const fields: string[] = [];
  for (let start = 0; ;) {
    const end = endOfField(record, start, delimiter);
    fields.push(unquoted(record.slice(start, end)));
    if (end === record.length) return fields;
    start = end + 1;
  }
}

/** The first so many fields of a record, as they are written, and what stands behind their delimiter; null when nothing does. */
export function cutAfter(
  record: string,
  fields: number,
  delimiter: string,
): { readonly first: string; readonly more: string | null } {
  for (let field = 1, start = 0; ; field++) {
    const end = endOfField(record, start, delimiter);
    if (end === record.length) return { first: record, more: null };
    start = end + 1;
    if (field === fields) return { first: record.slice(0, end), more: record.slice(start) };
  }
}

/** The delimiter that a header uses most, outside quotes; a comma when it has none. */
export function delimiterOf(header: string): string {
  const counted = [';', '\t', ','].map((delimiter) => ({
    delimiter,
    fields: fieldsOf(header, delimiter).length,
  }));
  const best = counted.reduce((one, other) => (other.fields > one.fields ? other : one));
  return best.fields > 1 ? best.delimiter : ',';
}

/** Whether the last field of a record begins with a quotation mark that is never closed. */
export function isOpen(record: string, delimiter: string): boolean {
  if (!record.includes('"')) return false;
  let start = 0;
  for (let end = 0; (end = endOfField(record, start, delimiter)) < record.length;) start = end + 1;
  return record[start] === '"' && endOfQuotes(record, start) < 0;
}

/** Quoted where it must be. */
export function csvField(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function endOfField(record: string, start: number, delimiter: string): number {
  const from = record[start] === '"' ? endOfQuotes(record, start) : start;
  const end = from < 0 ? -1 : record.indexOf(delimiter, from);
  return end < 0 ? record.length : end;
}

/** Behind the quotation mark that closes the one at the start; -1 when there is none. */
function endOfQuotes(record: string, start: number): number {
  for (let at = record.indexOf('"', start + 1); at >= 0; at = record.indexOf('"', at + 2))
    if (record[at + 1] !== '"') return at + 1;
  return -1;
}

function unquoted(field: string): string {
  return field.startsWith('"')
    ? field.slice(1, field.endsWith('"') ? -1 : undefined).replaceAll('""', '"')
    : field;
}
