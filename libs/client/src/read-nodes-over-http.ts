import { nodeAnswerSchema } from '#contracts';
import type { ReadNode } from './verify-map.ts';

/**
 * Reads nodes of one published revision from a catalog; needs no sign-in.
 * @param catalog address of the catalog: `https://mappa.example.it`
 * @throws when the catalog answers anything but a node
 */
export function readNodesOverHttp(catalog: string, scheme: string, revision: number): ReadNode {
  return async (conceptId) => {
    const path = `/api/v1/schemes/${encodeURIComponent(scheme)}/revisions/${revision}/nodes/${conceptId ?? 'root'}`;
    const answer = await fetch(new URL(path, catalog));
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return nodeAnswerSchema.parse(await answer.json());
  };
}
