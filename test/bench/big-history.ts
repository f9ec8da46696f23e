import { codeFrom, conceptIdOf, HistoryIndex } from '#taxonomy';
import { bigCodes, titleOf } from './big-map.ts';

const entries = 350_000;
export const lastRevision = 5;

/**
 * A scheme of 350,000 entries with five revisions, each of which renumbers 4 %, retires 0.8 % with one successor and splits
 * 0.2 %, each time other ones.
 * @returns its index, and the codes of the first revision
 */
export function bigHistory(): { index: HistoryIndex; firstCodes: string[] } {
  const index = new HistoryIndex();
  let codes = bigCodes(entries, 33);
  const firstCodes = codes;
  let ids = codes.map((code) => conceptIdOf('bench', 'first', code));
  codes.forEach((code, i) => add(i, code, 1));
  for (let revision = 2; revision <= lastRevision; revision++) revise(revision);
  return { index, firstCodes };

  /** Each revision touches other entries: a ring of codes is passed on by one place, others end with successors. */
  function revise(revision: number): void {
    const moved: number[] = [];
    const [nextCodes, nextIds] = [[...codes], [...ids]];
    for (let i = revision; i < entries; i += 20) {
      const id = ids[i];
      if (!id) continue;
      index.endRange(id, revision);
      if (i % 100 < 80) moved.push(i);
      else retire(i, revision, nextIds);
    }
    moved.forEach((i, m) => {
      nextCodes[i] = codes[moved[(m + 1) % moved.length] ?? 0] ?? '';
    });
    [codes, ids] = [nextCodes, nextIds];
    for (const i of moved) add(i, codes[i] ?? '', revision);
  }

  function retire(i: number, revision: number, nextIds: typeof ids): void {
    const [predecessor, beside] = [ids[i], ids[i + 1]];
    const successor = conceptIdOf('bench', `revision ${revision}`, String(i));
    nextIds[i] = successor;
    add(i, codes[i] ?? '', revision, successor);
    if (!predecessor || !beside) return;
    const isSplit = i % 500 < 100;
    const kind = isSplit ? ('split' as const) : ('replaced' as const);
    const link = { revision, predecessor, kind, continues: false };
    index.addSuccession({ ...link, successor });
    if (isSplit) index.addSuccession({ ...link, successor: beside });
  }

  function add(i: number, text: string, revision: number, conceptId = ids[i]): void {
    if (conceptId)
      index.addRange({
        conceptId,
        code: codeFrom(text),
        title: titleOf(text, revision),
        from: revision,
        to: null,
      });
  }
}
