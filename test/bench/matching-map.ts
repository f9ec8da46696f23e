import { codeFrom, conceptIdFrom, type ConceptId, type MatchItem } from '#taxonomy';

/** Two editions of a generated map, and what became of each concept. */
export interface Renumbered {
  readonly base: readonly MatchItem<ConceptId>[];
  readonly rows: readonly MatchItem[];
  /** By id of the row: the concept that it is; null: a new one, which has the code of a concept that ended. */
  readonly truth: ReadonlyMap<string, ConceptId | null>;
}

const verbs =
  'Gestione,Programmazione,Monitoraggio,Rilevazione,Predisposizione,Controllo,Istruttoria,Aggiornamento,Verifica,Redazione,Coordinamento,Valutazione'.split(
    ',',
  );
const things =
  "bilancio,personale,contratti,registro imprese,diritto annuale,protocollo,sanzioni,ambiente,metrologia,marchi e brevetti,mediazione,formazione,contributi,orientamento al lavoro,internazionalizzazione,sito web,organi camerali,partecipate,acquisti,patrimonio,statistica,prezzi,sportelli,firma digitale,fiere,turismo,agricoltura,artigianato,crisi d'impresa,concorsi a premio".split(
    ',',
  );
const frames =
  "annuale,pluriennale,ordinaria,straordinaria,di primo livello,su richiesta,d'ufficio,per le imprese,per i consumatori,in convenzione,a sportello,telematica".split(
    ',',
  );

/** Numbers between 0 and 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Node {
  readonly id: ConceptId;
  title: string;
  parent: Node | null;
  children: Node[];
  code: string;
}

/**
 * A map of `size` entries with titles of the kind of the map of processes, which repeat; and its next edition: every code
 * changed, 2 % retitled (a word changed, added or dropped), 1 % ended with their code given to something else, 1 % moved.
 * @param words words in a title; 1 makes titles repeat all over
 * @param shift how far each code is shifted; 0: only what has to change its code does
 */
export function renumbered(size: number, seed = 1, words = 4, shift = 1): Renumbered {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const title = () =>
    [pick(verbs), pick(things), pick(frames), `${pick(things)} ${pick(frames)}`].slice(0, words).join(' ');
  const nodes = grow(size, title);
  number(nodes);
  const base = items(nodes, ({ id }) => id);
  const retitle = (text: string) => {
    const parts = text.split(' ');
    const at = Math.floor(random() * parts.length);
    const change = random();
    if (change < 0.33 && parts.length > 2) parts.splice(at, 1);
    else if (change < 0.66) parts.splice(at, 0, pick(things));
    else parts[at] = pick(things);
    return parts.join(' ');
  };
  const leaves = nodes.filter(({ children }) => children.length === 0);
  const inner = nodes.filter(({ children }) => children.length > 0);
  const ended = new Set<Node>();
  for (let i = 0; i < size * 0.01; i++) {
    const leaf = pick(leaves);
    if (ended.has(leaf) || !leaf.parent) continue;
    ended.add(leaf);
    const fresh: Node = { ...leaf, id: conceptIdFrom(`new-${i}`), title: title(), children: [] };
    while (fresh.title === leaf.title) fresh.title = title();
    leaf.parent.children[leaf.parent.children.indexOf(leaf)] = fresh;
    nodes.push(fresh);
  }
  for (let i = 0; i < size * 0.01; i++) {
    const leaf = pick(leaves);
    const [from, to] = [leaf.parent, pick(inner)];
    if (ended.has(leaf) || !from || from === to) continue;
    from.children.splice(from.children.indexOf(leaf), 1);
    leaf.parent = to;
    to.children.splice(Math.floor(random() * (to.children.length + 1)), 0, leaf);
  }
  for (let i = 0; i < size * 0.02; i++) {
    const node = pick(nodes);
    node.title = retitle(node.title);
  }
  const living = nodes.filter((node) => !ended.has(node));
  number(living, shift);
  const rows = items(living, ({ code }) => `row ${code}`);
  const truth = new Map(
    living.map(({ id, code }) => [`row ${code}`, id.startsWith('new-') ? null : id] as const),
  );
  return { base, rows, truth };
}

/** Twelve children each, level by level. */
function grow(size: number, title: () => string): Node[] {
  const nodes: Node[] = [];
  const add = (parent: Node | null): void => {
    const node: Node = {
      id: conceptIdFrom(`c${nodes.length}`),
      title: title(),
      parent,
      children: [],
      code: '',
    };
    parent?.children.push(node);
    nodes.push(node);
  };
  for (let i = 0; i < 20 && nodes.length < size; i++) add(null);
  for (let at = 0; nodes.length < size; at++)
    for (let i = 0; i < 12 && nodes.length < size; i++) add(nodes[at]!);
  return nodes;
}

/** Gives every node a code by its place; with a shift, no code stays where it was. */
function number(nodes: readonly Node[], shift = 0): void {
  const visit = (siblings: readonly Node[], prefix: string): void =>
    siblings.forEach((node, i) => {
      node.code = `${prefix}${((i + shift) % siblings.length) + 1}`;
      visit(node.children, `${node.code}.`);
    });
  visit(
    nodes.filter(({ parent }) => parent === null),
    '',
  );
}

function items<Id extends string>(nodes: readonly Node[], idOf: (node: Node) => Id): MatchItem<Id>[] {
  return nodes.map((node) => ({
    id: idOf(node),
    parentId: node.parent && idOf(node.parent),
    code: codeFrom(node.code),
    title: node.title,
  }));
}
