import type { Fault } from '../faults/fault.ts';
import type { HeldRecord, ServerName } from '../servers.ts';
import { html, type Html } from './escape.ts';
import { faultText } from './fault-text.ts';
import { style } from './style.ts';
import type { Words } from './words.ts';

export interface SystemView {
  readonly server: ServerName;
  readonly count: number;
  readonly records: readonly HeldRecord[];
  readonly faults: readonly Fault[];
}

export interface PageView {
  readonly systems: readonly SystemView[];
  /** What was searched for. */
  readonly words: string;
  /** Most records shown of one system. */
  readonly limit: number;
}

/** The page for people: the systems side by side. */
export function renderPage({ systems, words: searched, limit }: PageView, words: Words): string {
  const other = words.lang === 'it' ? 'en' : 'it';
  return html`<!doctype html>
    <html lang="${words.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${words.title} · Mappa</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <header>
          <h1>${words.title}</h1>
          <p>${words.intro}</p>
          <a href="/?lang=${other}&amp;q=${encodeURIComponent(searched)}" hreflang="${other}" lang="${other}"
            >${words.otherLanguage}</a
          >
        </header>
        <p class="warning">${words.warning}</p>
        <main>
          <form class="search" role="search">
            <input type="hidden" name="lang" value="${words.lang}" /><label for="q">${words.search}</label
            ><input id="q" name="q" type="search" value="${searched}" /><button class="main">
              ${words.find}
            </button>
            <a href="/?lang=${words.lang}">${words.all}</a>
          </form>
          <div class="systems">${systems.map((system) => renderSystem(system, limit, words))}</div>
        </main>
      </body>
    </html> `.markup;
}

/** GET /style.css */
export const stylesheet = style;

function renderSystem({ server, count, records, faults }: SystemView, limit: number, words: Words): Html {
  return html`<section aria-labelledby="${server}">
    <h2 id="${server}"><span>${words[server]}</span><span>${count} ${words.records}</span></h2>
    ${renderFaults(server, faults, words)}
    ${records.length === 0 ? html`<p class="note">${words.nothing}</p>` : renderTable(records, words)}
    ${records.length < limit ? null : html`<p class="note">${words.more} ${limit}.</p>`}
  </section>`;
}

function renderFaults(server: ServerName, faults: readonly Fault[], words: Words): Html {
  const inForce = html`<ul>
    ${faults.map((fault) => html`<li>${faultText(fault, words)}</li>`)}
  </ul>`;
  return html`<div class="faults">
    <h3>${words.faults}</h3>
    ${faults.length > 0 ? inForce : html`<p>${words.noFaults}</p>`}
    <form class="buttons" method="post" action="/faults/${server}?lang=${words.lang}">
      ${button('slow', words.slow)} ${button('busy', words.busy)} ${button('down', words.down)}
      ${button('drop-before', words.dropBefore)} ${button('drop-after', words.dropAfter)}
      ${button('clear', words.clear)}
    </form>
    <form class="buttons" method="post" action="/faults/${server}?lang=${words.lang}">
      <input
        name="code"
        required
        maxlength="255"
        placeholder="${words.codeOf}"
        aria-label="${words.codeOf}"
        autocomplete="off"
      />
      ${button('refuse', words.refuse)} ${button('lose', words.lose)}
    </form>
  </div>`;
}

const button = (act: string, label: string): Html =>
  html`<button name="act" value="${act}">${label}</button>`;

function renderTable(records: readonly HeldRecord[], words: Words): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${words.records}">
    <table>
      <thead>
        <tr>
          <th scope="col">${words.code}</th>
          <th scope="col">${words.name}</th>
          <th scope="col">${words.active}</th>
          <th scope="col">${words.validTo}</th>
        </tr>
      </thead>
      <tbody>
        ${records.map((record) => renderRow(record, words))}
      </tbody>
    </table>
  </div>`;
}

/** Codes are set in from the left by their depth, so that the table reads as the tree. */
function renderRow({ code, title, active, validTo }: HeldRecord, words: Words): Html {
  const depth = Math.min(6, (code ?? '').split('.').length - 1);
  const isActive = active === null ? null : active ? words.yes : words.no;
  return html`<tr class="${active === false ? 'ended' : 'running'}">
    <td class="code depth-${depth}">${code}</td>
    <td>${title}</td>
    <td>${isActive}</td>
    <td>${validTo}</td>
  </tr>`;
}
