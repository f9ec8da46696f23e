import type { ConceptId } from '#taxonomy';
import { codeSchema } from '#contracts';
import type { Outcome } from '../delivery/answers.ts';
import { deliver, type Delivered } from '../delivery/deliver.ts';
import { policiesOf } from '../delivery/policies.ts';
import { plan, type Held, type Plan, type Work } from '../delivery/plan.ts';
import { senderTo } from '../delivery/sender.ts';
import { renderedHash, renderRetired, type Rendered, type RenderRules } from '../delivery/render.ts';
import type { SimulatedTarget } from './simulated-target.ts';

/** A map as a target sees it: code and parent of each concept. */
export type SmallMap = ReadonlyMap<ConceptId, { readonly code: string; readonly parentId: ConceptId | null }>;

export const rules: RenderRules = {
  uniqueCodes: true,
  longestCode: 80,
  longestTitle: 1_000,
  language: 'it',
  missingTitle: 'show',
  policies: policiesOf('crm', {}),
};

/** The ledger of one target in memory, for tests of the plan alone. */
export class SmallLedger {
  readonly links = new Map<ConceptId, Held & { readonly externalId: string }>();
  readonly stuck = new Map<ConceptId, { reason: string; class: string }>();
  /** What the target is known to fail on. */
  readonly failsAlone = new Set<ConceptId>();

  constructor(readonly target: SimulatedTarget) {}

  /** One turn over the whole map. */
  async turn(
    map: SmallMap,
    refused: ReadonlySet<ConceptId> = new Set(),
  ): Promise<{ planned: Plan; delivered: Delivered }> {
    const ids = new Set([...map.keys(), ...this.links.keys()]);
    const holders = new Map([...this.links].map(([id, { code }]) => [code, [id]]));
    const work = [...ids].flatMap((id) => this.workOf(id, map, refused, holders));
    const planned = plan(work, {
      uniqueCodes: this.target.capabilities.uniqueCodes,
      longestCode: rules.longestCode,
      holders,
      perhaps: new Map(),
      records: new Map([...this.links].map(([id, { parentId }]) => [id, parentId])),
      below: new Map(),
      codes: new Map([...map].map(([id, { code }]) => [id, code])),
    });
    this.stuck.clear();
    for (const { work, reason, class: is } of planned.stopped)
      this.stuck.set(work.conceptId, { reason, class: is });
    const delivered = await deliver(planned, senderTo(this.target), {
      records: new Map([...this.links].map(([id, { externalId }]) => [id, externalId])),
      record: async (outcomes) => outcomes.forEach((outcome) => this.note(outcome)),
      enter: async () => () => undefined,
      failures: 0,
      holdsRecords: this.links.size > 0,
      isWell: async () => true,
      signal: new AbortController().signal,
    });
    return { planned, delivered };
  }

  private workOf(
    id: ConceptId,
    map: SmallMap,
    refused: ReadonlySet<ConceptId>,
    holders: ReadonlyMap<string, readonly ConceptId[]>,
  ): Work[] {
    const held = this.links.get(id) ?? null;
    const content = contentOf(id, map, held, (code) => (holders.get(code)?.[0] ?? id) !== id);
    const code = map.get(id)?.code ?? held?.code ?? '';
    const wanted =
      refused.has(id) && map.has(id) ? { reason: 'refused' } : { content, hash: renderedHash(content) };
    return [
      {
        conceptId: id,
        code,
        title: code,
        wanted,
        held,
        generation: 1,
        notes: null,
        isSucceeded: false,
        takesOver: false,
        deletion: 'no',
        wasStuck: false,
        refusedBefore: null,
        failsAlone: this.failsAlone.has(id),
        resend: false,
        foundCode: null,
        mayExist: false,
      },
    ];
  }

  private note(outcome: Outcome): void {
    const { work, content, hash } = outcome.step;
    if (outcome.is === 'gone') this.links.delete(work.conceptId);
    else if (outcome.is !== 'done')
      this.stuck.set(work.conceptId, { reason: outcome.reason, class: outcome.is });
    else {
      const { externalId } = outcome;
      const state = content.active ? 'current' : 'ended';
      const { code, parentId } = content;
      this.links.set(work.conceptId, { externalId, state, code, parentId, hash });
    }
  }
}

function contentOf(
  id: ConceptId,
  map: SmallMap,
  held: Held | null,
  isTaken: (code: string) => boolean,
): Rendered {
  const entry = map.get(id);
  if (entry) {
    return {
      code: entry.code,
      title: entry.code,
      level: 1,
      parentId: entry.parentId,
      active: true,
      validTo: null,
    };
  }
  const last = {
    conceptId: id,
    code: held?.code ?? '',
    level: 1,
    titles: {},
    parentId: held?.parentId ?? null,
  };
  return renderRetired({ ...last, code: codeSchema.parse(last.code) }, '2024-01-01', rules, isTaken);
}
