import { html } from './escape.ts';
import type { Language } from './words.ts';

/** A complete page without script: everything that it needs is inside. `body` and `style` are markup. */
export function page(parts: {
  readonly language: Language;
  readonly title: string;
  readonly style: string;
  readonly body: string;
}): string {
  return `<!doctype html>
<html lang="${parts.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(parts.title)}</title>
<style>${parts.style}</style>
</head>
<body>
${parts.body}
</body>
</html>
`;
}
