/** A statement or a part of one: text with `$1…$n`, and the values of these places. */
export class Sql {
  constructor(
    readonly strings: readonly string[],
    readonly inserts: readonly unknown[],
  ) {}

  get text(): string {
    return this.flat.text;
  }
  get values(): unknown[] {
    return this.flat.values;
  }

  private flattened: { readonly text: string; readonly values: unknown[] } | undefined;

  private get flat(): { readonly text: string; readonly values: unknown[] } {
    this.flattened ??= flatten(this);
    return this.flattened;
  }
}

/**
 * sql`select * from entry where code = ${code}` -> `{ text: '… code = $1', values: [code] }`.
 * A value that is itself `Sql` is put in as text. Arrays go as Postgres arrays (cast them: `= any(${ids}::uuid[])`),
 * plain objects as JSON text; use `json()` where a JSON array is meant.
 */
export function sql(strings: TemplateStringsArray, ...inserts: unknown[]): Sql {
  return new Sql(strings, inserts);
}

/** The value as jsonb, arrays included. */
export function json(value: unknown): Sql {
  return sql`${JSON.stringify(value)}::text::jsonb`;
}

/** A quoted name of a table, column, role or schema; `identifier('catalog', 'entry')` -> `"catalog"."entry"`. */
export function identifier(...names: string[]): Sql {
  return new Sql([names.map((name) => `"${name.replaceAll('"', '""')}"`).join('.')], []);
}

/** A quoted text constant, for statements that take no parameters (DDL). */
export function literal(text: string): Sql {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return new Sql([text.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted], []);
}

/** Puts the parts in a row; `join(conditions, ' and ')`. No parts give an empty text. */
export function join(parts: readonly Sql[], separator = ', '): Sql {
  const strings = ['', ...parts.slice(1).map(() => separator), ''];
  return parts.length ? new Sql(strings, parts) : new Sql([''], []);
}

function flatten(query: Sql): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const textOf = ({ strings, inserts }: Sql): string =>
    strings.reduce((text, part, i) => {
      const insert = inserts[i - 1];
      return text + (insert instanceof Sql ? textOf(insert) : `$${values.push(insert)}`) + part;
    });
  return { text: textOf(query), values };
}
