import { originFrom, type Origin } from '../../origin.ts';
import type { TableRead } from '../table/table.ts';

/** The sheet beside the map in which our workbooks say what they were made from. Every office program keeps it. */
export const originSheet = 'Origine';

const names = { scheme: 'scheme', revision: 'revision', contentHash: 'content_hash' } as const;

/** The rows of that sheet. */
export function originRows({ scheme, revision, contentHash }: Origin): string[][] {
  return [
    [names.scheme, scheme],
    [names.revision, String(revision)],
    [names.contentHash, contentHash],
  ];
}

const mostRows = 20;

/** Reads it back, also after a program has saved it anew; null when it says something else. */
export async function readOrigin(sheet: AsyncIterable<readonly TableRead[]>): Promise<Origin | null> {
  const said = new Map<string, string>();
  for await (const batch of sheet) {
    for (const item of batch)
      if ('row' in item && item.row.cells[0] !== undefined)
        said.set(item.row.cells[0].trim(), item.row.cells[1]?.trim() ?? '');
    if (said.size > mostRows) break;
  }
  return originFrom({
    scheme: said.get(names.scheme),
    revision: said.get(names.revision),
    contentHash: said.get(names.contentHash),
  });
}
