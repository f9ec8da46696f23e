const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that is safe to send. */
export class Html {
  constructor(readonly markup: string) {}
}

type Piece = Html | string | number | null | readonly Piece[];

/** A template whose values are escaped, unless they are markup made by a template. Lists are joined, null is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Piece[]): Html {
  return new Html(parts.reduce((markup, part, i) => markup + rendered(values[i - 1] ?? null) + part));
}

function rendered(piece: Piece): string {
  if (piece === null) return '';
  if (piece instanceof Html) return piece.markup;
  if (typeof piece === 'string') return piece.replace(/[&<>"']/g, (sign) => entities[sign]!);
  if (typeof piece === 'number') return String(piece);
  return piece.map(rendered).join('');
}
