import { codeBeside, nameIn, rules, type Entries, type Finding, type Successions } from '#taxonomy';
import { say } from '#words';

/**
 * Decisions on what became of entries that a historical edition does not have: it had them when they were decided, and an
 * edit, or an undo, took them out since.
 * @param older the map of the edition
 * @param lowest the revision that followed it, for the name of what goes on there
 */
export function unknownPredecessors(
  { links, decidedNone }: Successions,
  older: Entries,
  lowest: Entries,
): Finding[] {
  const named = new Set([...links.map(({ predecessor }) => predecessor), ...decidedNone]);
  return [...named]
    .filter((id) => !older.has(id))
    .map((id) => {
      return {
        rule: 'history-link-unknown',
        severity: rules['history-link-unknown'].severity,
        key: `history-link-unknown:${id}`,
        message: say`It is said who took the place of ${nameIn(lowest, id)}, and this historical edition does not have it. Decide again what became of its entries, or bring it back.`,
        ...codeBeside(lowest.get(id)),
      };
    });
}
