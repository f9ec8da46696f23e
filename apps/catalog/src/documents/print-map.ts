import type { Edition } from '#contracts';
import type { PlacedEntry } from '#taxonomy';
import type { FoundRevision } from '../reading/find-revision.ts';
import { html } from './escape.ts';
import { printStyle } from './print-style.ts';
import { page } from './page.ts';
import { day } from './release-notes.ts';
import { levelName, titleOf } from './titles.ts';
import { words, type Language } from './words.ts';

/**
 * The map as the official document prints it: a heading for each entry without a code, and below it a table for each
 * entry of the first coded level, with one column for each coded level. An entry stands in the row of its first child.
 * @param entries parents before children, in order
 */
export function printMap(found: FoundRevision, entries: readonly PlacedEntry[], language: Language): string {
  const { edition, revision, number } = found;
  const say = words[language];
  const title = edition.titles[language] ?? edition.titles[edition.source.language] ?? edition.label;
  const since = `${say.revision} ${number}, ${say.inForceFrom} ${day(revision.inForceFrom, language)}`;
  const footer = { left: `${title} · ${since}`, hash: `SHA-256 ${revision.contentHash.toString('hex')}` };
  const columns = edition.levels.filter(({ pattern }) => pattern !== undefined).map(({ depth }) => depth);
  const blocks = blocksOf(entries, columns);
  const body = `<header class="cover"><p class="publisher">${html(edition.publisher ?? '')}</p><h1>${html(title)}</h1><p>${html(edition.label)} · ${html(since)}</p></header>
${blocks.map((block) => blockHtml(block, edition, columns, language)).join('\n')}`;
  return page({ language, title, style: printStyle(footer, columns.length), body });
}

interface Block {
  readonly heading: PlacedEntry | null;
  /** Cells by column; an empty one continues what stands above it. */
  readonly rows: (PlacedEntry | null)[][];
}

function blocksOf(entries: readonly PlacedEntry[], columns: readonly number[]): Block[] {
  const blocks: Block[] = [];
  let last = -1;
  for (const entry of entries) {
    const column = entry.code === null ? -1 : columns.indexOf(entry.level);
    if (column < 0) blocks.push({ heading: entry, rows: [] });
    else {
      if (column === 0 || blocks.at(-1) === undefined || blocks.at(-1)?.heading)
        blocks.push({ heading: null, rows: [] });
      const rows = blocks.at(-1)?.rows ?? [];
      if (column <= last || rows.length === 0) rows.push(columns.map(() => null));
      rows.at(-1)?.splice(column, 1, entry);
    }
    last = column;
  }
  return blocks;
}

function blockHtml(
  { heading, rows }: Block,
  edition: Edition,
  columns: readonly number[],
  language: Language,
): string {
  const say = words[language];
  if (heading) {
    const level = levelName(edition, heading.level, language);
    return `<h2><span>${html(level)}</span> ${html(titleOf(heading, language, edition, say))}</h2>`;
  }
  const head = columns
    .map((depth) => `<th scope="col">${html(levelName(edition, depth, language))}</th>`)
    .join('');
  const lines = rows
    .map((cells) => `<tr>${cells.map((cell) => cellHtml(cell, edition, language)).join('')}</tr>`)
    .join('\n');
  return `<table><thead><tr>${head}</tr></thead><tfoot><tr><td colspan="${columns.length}"></td></tr></tfoot><tbody>${lines}</tbody></table>`;
}

function cellHtml(entry: PlacedEntry | null, edition: Edition, language: Language): string {
  if (!entry) return '<td></td>';
  const title = titleOf(entry, language, edition, words[language]);
  const isLost = Object.keys(entry.titles).length === 0;
  return `<td class="filled"><b>${html(entry.code ?? '')}</b> ${isLost ? `<i>${html(title)}</i>` : html(title)}</td>`;
}
