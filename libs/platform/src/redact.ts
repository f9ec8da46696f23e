const secretName = /pass(word|wd)?$|secret|token$|authorization|cookie|credential|private.?key|^pin$/i;
const passwordInUrl = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s/@]+@/gi;
const bearer = /\b(Bearer|Basic|Session)\s+[\w+/=.~-]{8,}/gi;
const deepest = 6;

/** `postgres://user:word@host` -> `postgres://user:***@host`; `Bearer eyJ…` -> `Bearer ***` */
export function redactText(text: string): string {
  return text.replace(passwordInUrl, '$1:***@').replace(bearer, '$1 ***');
}

/** A copy of a log record without secrets: by the name of the field, and inside texts. Errors are left for the error serializer. */
export function redactRecord(record: object, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([name, item]: [string, unknown]) => [
      name,
      secretName.test(name) && item !== null && item !== undefined ? '***' : redact(item, depth + 1),
    ]),
  );
}

export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null || value instanceof Error || value instanceof Date)
    return value;
  if (depth >= deepest) return '…';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (Buffer.isBuffer(value)) return `${value.length} bytes`;
  return redactRecord(value, depth);
}
