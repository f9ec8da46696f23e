import type { Entry } from '#taxonomy';

/** The next edition of the official map as a flat table, without identities. */
export interface Row {
  readonly code: string;
  readonly title: string;
  /** Code or heading; empty at the top. */
  readonly parent: string;
}

const titleOf = ({ titles }: Entry) => titles['it']?.official ?? '';

/** The rows of a map, in order of code. */
export function rowsOf(entries: readonly Entry[]): Row[] {
  const byId = new Map(entries.map((entry) => [entry.conceptId, entry]));
  return entries.map((entry) => {
    const parent = entry.parentId === null ? undefined : byId.get(entry.parentId);
    return {
      code: entry.code ?? '',
      title: titleOf(entry),
      parent: parent ? (parent.code ?? titleOf(parent)) : '',
    };
  });
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

export function csvOfRows(rows: readonly Row[]): string {
  const lines = rows.map(({ code, title, parent }) => [code, title, parent].map(quoted).join(','));
  return ['code,title,parent', ...lines].join('\n');
}

/**
 * Rev. 2026: a retitle, a chain into a reused code, a swap, a code given to something new, a split, a merge, a branch
 * that moved, a retirement and a new entry.
 */
export function rev2026(rows: readonly Row[]): Row[] {
  const titles = new Map(rows.map(({ code, title }) => [code, title]));
  const dropped = new Set(['A1.1.2.4', 'A1.3.2.3', 'A2.1.2.3', 'A2.1.2.4', 'A1.3.2.6', 'B1.1.1.3']);
  const retitled = new Map([
    ['A1.1.3.2', 'Relazione annuale sui risultati'],
    ['A1.1.1.2', titles.get('A1.1.1.3') ?? ''],
    ['A1.1.1.3', titles.get('A1.1.1.2') ?? ''],
    ['A1.1.1.6', titles.get('A1.3.2.5') ?? ''],
    ['A1.3.2.5', 'Accoglienza dei visitatori in sede'],
  ]);
  const kept = rows
    .filter(({ code }) => !dropped.has(code))
    .map((row) => ({ ...row, title: retitled.get(row.code) ?? row.title }))
    .map((row) => movedBelow(row, 'A1.3.1', 'A1.2.3', 'A1.2'));
  return [
    ...kept,
    { code: 'A1.1.1.7', title: titles.get('A1.1.1.6') ?? '', parent: 'A1.1.1' },
    { code: 'A1.3.2.8', title: 'Organizzazione di corsi di formazione trasversali', parent: 'A1.3.2' },
    { code: 'A1.3.2.9', title: 'Partecipazione a corsi di formazione trasversali', parent: 'A1.3.2' },
    {
      code: 'A2.1.2.5',
      title: 'Onorificenze, premi, eventi storici e speciali e patrocini',
      parent: 'A2.1.2',
    },
    { code: 'A2.1.2.6', title: 'Gemellaggi con camere estere', parent: 'A2.1.2' },
  ];
}

function movedBelow(row: Row, from: string, to: string, parent: string): Row {
  const renamed = (code: string) =>
    code === from || code.startsWith(`${from}.`) ? to + code.slice(from.length) : code;
  return { ...row, code: renamed(row.code), parent: row.code === from ? parent : renamed(row.parent) };
}
