import type { Hash } from '#taxonomy';
import type { LoadedEntry } from '../delivery/load-entries.ts';
import type { Link } from '../delivery/load-ledger.ts';
import { stateAfter } from '../delivery/state-after.ts';
import type { TurnPlan } from '../delivery/plan-turn.ts';
import { render, renderedHash, type RenderRules } from '../delivery/render.ts';

/** What the ledger of a target says that holds these entries, as far as its profile takes them, and what they stand below. */
export function ledgerInStep(entries: readonly LoadedEntry[], rules: RenderRules): Link[] {
  const taken = new Map<string, { readonly entry: LoadedEntry; readonly link: Link }>();
  for (const entry of entries) {
    const content = render(entry, rules);
    if ('reason' in content) continue;
    const link = linkOf(entry, { state: 'current', hash: renderedHash(content) });
    taken.set(entry.conceptId, { entry, link });
  }
  const stands = ({ parentId }: LoadedEntry): boolean => {
    if (parentId === null) return true;
    const above = taken.get(parentId);
    return above !== undefined && stands(above.entry);
  };
  return [...taken.values()].flatMap(({ entry, link }) => (stands(entry) ? [link] : []));
}

/** A record that ended with the meaning that its concept comes back with, and that may have been deleted since. */
export function endedLink(entry: LoadedEntry, { policies }: RenderRules): Link {
  const state = policies.retire === 'delete' ? 'deleted' : 'ended';
  return { ...linkOf(entry, { state, hash: entry.conceptId }), code: `${entry.code} (cessata)` };
}

function linkOf(
  { conceptId, code, parentId, notes }: LoadedEntry,
  { state, hash }: { readonly state: Link['state']; readonly hash: Hash },
): Link {
  const record = { targetId: '', externalId: conceptId, generation: 1, foundCode: null };
  return { ...record, conceptId, state, code, parentId, hash, usedCode: code, usedNotes: notes };
}

/** The ledger once a target took every step of a plan: what `writeOutcomes` makes of that in the database. */
export function withAllTaken(links: readonly Link[], { plan: { steps, waves } }: TurnPlan): Link[] {
  const ledger = new Map(links.map((link) => [`${link.conceptId}:${link.generation}`, link]));
  for (const { work, content, hash } of waves.flat().flatMap((place) => steps[place] ?? [])) {
    const { conceptId, generation, notes } = work;
    const key = `${conceptId}:${generation}`;
    if (work.takesOver) {
      for (const [below, link] of ledger) {
        if (link.parentId === conceptId && link.state === 'current')
          ledger.set(below, { ...link, hash: null });
      }
    }
    const used = content.active && hash !== null ? { usedCode: content.code, usedNotes: notes } : null;
    ledger.set(key, {
      targetId: '',
      externalId: key,
      conceptId,
      generation,
      state: stateAfter({ work, content }),
      code: content.code,
      parentId: work.deletion === 'now' ? null : content.parentId,
      hash,
      usedCode: used?.usedCode ?? ledger.get(key)?.usedCode ?? null,
      usedNotes: used?.usedNotes ?? ledger.get(key)?.usedNotes ?? null,
      foundCode: null,
    });
  }
  return [...ledger.values()];
}
