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

/** Quoted where it must be. */
export function csvField(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function endOfField(record: string, start: number, delimiter: string): number {
  let from = start;
  if (record[start] === '"') {
    from = start + 1;
    for (let at = record.indexOf('"', from); ; at = record.indexOf('"', from)) {
      if (at < 0) return record.length;
      from = at + 1;
      if (record[from] !== '"') break;
      from++;
    }
  }
  const end = record.indexOf(delimiter, from);
  return end < 0 ? record.length : end;
}

function unquoted(field: string): string {
  return field.startsWith('"')
    ? field.slice(1, field.endsWith('"') ? -1 : undefined).replaceAll('""', '"')
    : field;
}
