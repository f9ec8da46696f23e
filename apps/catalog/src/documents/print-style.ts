/**
 * A4 landscape; edition, revision and hash at the foot of each page, with its number. An empty table foot, which is repeated
 * on each page, closes a table that a page break cuts.
 * @param columns number of them, all of one width
 */
export function printStyle(
  footer: { readonly left: string; readonly hash: string },
  columns: number,
): string {
  return `
@page {
  size: A4 landscape; margin: 12mm 12mm 16mm;
  @bottom-left { content: ${cssText(footer.left)} "\\A" ${cssText(footer.hash)}; font: 7pt/1.4 ${font}; color: #333; white-space: pre }
  @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt ${font}; color: #333 }
}
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1rem; max-width: 273mm; color: #000; font: 8.5pt/1.3 ${font}; print-color-adjust: exact; -webkit-print-color-adjust: exact }
.cover { margin-bottom: 6mm; text-align: center }
.cover .publisher { margin: 0; font-size: 11pt; font-weight: 700; letter-spacing: .12em; text-transform: uppercase; color: #003366 }
.cover h1 { margin: 2mm 0 1mm; font-size: 17pt; line-height: 1.2; color: #003366 }
.cover p { margin: 0 }
h2 { margin: 7mm 0 2mm; padding: 1.8mm 3mm; background: #003366; color: #fff; font-size: 11.5pt; break-after: avoid }
h2 span { font-weight: 400; font-size: 9pt; text-transform: uppercase; letter-spacing: .08em; margin-right: 2mm; opacity: .85 }
table { width: 100%; margin: 0 0 4mm; border-collapse: collapse; table-layout: fixed; border: .3mm solid #667788 }
thead { display: table-header-group }
th { width: ${(100 / columns).toFixed(3)}%; padding: 1.2mm 2mm; background: #dde6ef; border: .2mm solid #667788; text-align: left; font-size: 8pt }
th::first-letter { text-transform: uppercase }
tfoot { display: table-footer-group }
tfoot td { padding: 0; border-width: .3mm 0 0; border-color: #667788; line-height: 0 }
tr { break-inside: avoid }
tbody td { padding: 1.1mm 2mm; border: 0 solid #99a9b8; border-width: 0 .2mm; vertical-align: top; overflow-wrap: break-word; hyphens: auto }
td.filled { border-top-width: .2mm }
td i { color: #7a1f1a }
@media print { body { padding: 0; max-width: none } }
`;
}

const font = '"Titillium Web", "Segoe UI", "DejaVu Sans", sans-serif';

/** A CSS string that can hold any text, and cannot end the style element. */
function cssText(text: string): string {
  return `"${text.replace(/[^\p{L}\p{N} .,·:;()/-]/gu, (character) => `\\${character.codePointAt(0)?.toString(16)} `)}"`;
}
