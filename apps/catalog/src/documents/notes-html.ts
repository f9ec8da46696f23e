import { html } from './escape.ts';
import { notesStyle } from './notes-style.ts';
import { page } from './page.ts';
import type { NotesItem, NotesSection, Phrase, ReleaseNotes } from './release-notes.ts';
import { words } from './words.ts';

/** Release notes as a page to read on a screen or on paper. */
export function notesHtml(notes: ReleaseNotes): string {
  const { language, title, subtitle, facts, counts, warning, sections } = notes;
  const numbers = counts.map(([number, what]) => `<li><b>${number}</b> ${html(what)}</li>`).join('');
  const body = `<header><h1>${html(title)}</h1><p class="subtitle">${html(subtitle)}</p>
<dl>${facts.map(([name, value]) => `<dt>${html(name)}</dt><dd>${html(value)}</dd>`).join('')}</dl></header>
${numbers ? `<ul class="counts">${numbers}</ul>` : `<p>${html(words[language].nothing)}</p>`}
${warning ? `<section class="warning" role="note">${sectionBody(warning)}</section>` : ''}
${sections.map((section) => `<section>${sectionBody(section)}</section>`).join('\n')}`;
  return page({ language, title: `${title}: ${subtitle}`, style: notesStyle, body: `<main>${body}</main>` });
}

function sectionBody({ title, intro, items }: NotesSection): string {
  return `<h2>${html(title)}</h2><p class="intro">${html(intro)}</p><ul class="items">${items.map(itemHtml).join('\n')}</ul>`;
}

function itemHtml({ says, details, caused }: NotesItem): string {
  const list = details.map((detail) => `<p>${phrase(detail)}</p>`).join('');
  const below = caused
    ? `<details open><summary>${html(caused.intro)}</summary><ul>${caused.items.map((item) => `<li>${phrase(item)}</li>`).join('')}</ul></details>`
    : '';
  return `<li><div class="says">${phrase(says)}</div>${list}${below}</li>`;
}

function phrase(parts: Phrase): string {
  return parts
    .map((part) => (typeof part === 'string' ? html(part) : `<code>${html(part.code)}</code>`))
    .join('');
}
