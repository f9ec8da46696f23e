import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConceptId } from '#taxonomy';
import { SmallLedger, type SmallMap } from '../testing/model.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';

const id = (n: number): ConceptId => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000` as ConceptId;

/** `['A1', 'A1.1 < A1']`: concepts 0, 1, … with their codes and the code of their parent. */
function map(...lines: (string | null)[]): SmallMap {
  const entries = lines.map((line, n) => ({ n, code: line?.split(' < ')[0], parent: line?.split(' < ')[1] }));
  return new Map(
    entries.flatMap(({ n, code, parent }) => {
      if (code === undefined) return [];
      const parentAt = entries.find((entry) => entry.code === parent)?.n;
      return [
        [id(n), { code, parentId: parent === undefined || parentAt === undefined ? null : id(parentAt) }],
      ];
    }),
  );
}

async function targetWith(before: SmallMap): Promise<SmallLedger> {
  const ledger = new SmallLedger(new SimulatedTarget());
  await ledger.turn(before);
  return ledger;
}

/** What the target holds in use, by key. */
function holdings({ target, links }: SmallLedger): Map<string, { code: string; parentKey: string | null }> {
  const keys = new Map([...links].map(([concept, { externalId }]) => [externalId, concept]));
  return new Map(
    target
      .active()
      .map(({ key, content }) => [
        key,
        { code: content.code, parentKey: content.parent && (keys.get(content.parent) ?? null) },
      ]),
  );
}

const asHoldings = (wanted: SmallMap) =>
  new Map([...wanted].map(([concept, { code, parentId }]) => [concept, { code, parentKey: parentId }]));

describe('the plan of a target', () => {
  it('creates parents before children, one wave for each level', async () => {
    const ledger = new SmallLedger(new SimulatedTarget());
    const wanted = map('A1', 'A1.1 < A1', 'A1.1.1 < A1.1', 'A1.2 < A1');
    const { planned } = await ledger.turn(wanted);
    expect(planned.waves).toEqual([[0], [1, 3], [2]]);
    expect(holdings(ledger)).toEqual(asHoldings(wanted));
  });

  it('frees a code before another takes it, along a chain', async () => {
    const ledger = await targetWith(map('A1', 'A2', 'A3'));
    const wanted = map('A2', 'A3', 'A4');
    const { planned } = await ledger.turn(wanted);
    expect(planned.waves).toEqual([[2], [1], [0]]);
    expect(holdings(ledger)).toEqual(asHoldings(wanted));
  });

  it('parks one code where codes change places', async () => {
    const ledger = await targetWith(map('A1', 'A2', 'A3'));
    const wanted = map('A2', 'A3', 'A1');
    const { planned } = await ledger.turn(wanted);
    expect(planned.steps.filter(({ hash }) => hash === null)).toHaveLength(1);
    expect(holdings(ledger)).toEqual(asHoldings(wanted));
  });

  it('cuts a very long chain of codes, so that it does not cost a round trip for each link', async () => {
    const codes = Array.from({ length: 300 }, (_, i) => `A${i}`);
    const ledger = await targetWith(map(...codes));
    const wanted = map(...codes.map((_, i) => `A${i + 1}`));
    const { planned } = await ledger.turn(wanted);
    expect(planned.waves.length).toBeLessThanOrEqual(20);
    expect(holdings(ledger)).toEqual(asHoldings(wanted));
  });

  it('lets a child take the code of its parent, which goes out of use', async () => {
    const ledger = await targetWith(map('A1', 'A1.1 < A1'));
    const wanted = map(null, 'A1');
    await ledger.turn(wanted);
    expect(holdings(ledger)).toEqual(asHoldings(wanted));
    expect(ledger.target.withKey(id(0))[0]?.content).toMatchObject({
      code: 'A1 (cessata 2024-01-01)',
      active: false,
      validTo: '2023-12-31',
    });
  });

  it('turns a parent and its child upside down', async () => {
    const ledger = await targetWith(map('A1', 'A1.1 < A1'));
    const wanted = map('A1.1 < A1', 'A1');
    await ledger.turn(wanted);
    expect(holdings(ledger)).toEqual(asHoldings(wanted));
  });

  it('breaks a circle that goes through a record that is yet to be made', async () => {
    const ledger = await targetWith(map('A', 'B'));
    // Concept 1 goes below the new 2, which takes the code of 0, which takes the code of 1.
    const wanted = map('B', 'C < A', 'A');
    await ledger.turn(wanted);
    expect(holdings(ledger)).toEqual(asHoldings(wanted));
  });

  it('opens the ended record again when its concept comes back', async () => {
    const before = map('A1', 'A2');
    const ledger = await targetWith(before);
    await ledger.turn(map('A1'));
    await ledger.turn(before);
    expect(holdings(ledger)).toEqual(asHoldings(before));
    expect(ledger.target.records.size).toBe(2);
  });

  it('gives the second one that ends under a code on the same day a code of its own', async () => {
    const ledger = await targetWith(map('A1'));
    await ledger.turn(map(null, 'A1'));
    await ledger.turn(map());
    expect([...ledger.target.records.values()].map(({ content }) => content.code)).toEqual([
      'A1 (cessata 2024-01-01)',
      'A1 (cessata 2024-01-01 00000001)',
    ]);
  });

  it('stops what the target refuses, what needs its record, and what needs its code, and nothing else', async () => {
    const ledger = await targetWith(map('A1', 'A2', 'B1'));
    ledger.target.refusedCodes.add('A9');
    const wanted = map('A9', 'A2', 'B1', 'A1', 'A1.1 < A1', 'B1.1 < B1');
    await ledger.turn(wanted);
    expect([...ledger.stuck]).toEqual([
      [id(0), { class: 'rejected', reason: 'the code A9 is not allowed here' }],
      [id(3), { class: 'waits', reason: 'waits for the code A1, which another record has (A9)' }],
      [id(4), { class: 'waits', reason: 'waits for A1' }],
    ]);
    expect(holdings(ledger).get(id(5))).toEqual({ code: 'B1.1', parentKey: id(2) });
    ledger.target.refusedCodes.clear();
    await ledger.turn(wanted);
    expect(ledger.stuck.size).toBe(0);
    expect(holdings(ledger)).toEqual(asHoldings(wanted));
  });

  it('does not ask the target for what the profile refuses', async () => {
    const ledger = new SmallLedger(new SimulatedTarget());
    const { planned } = await ledger.turn(map('A1', 'A1.1 < A1', 'A1.1.1 < A1.1', 'A2'), new Set([id(1)]));
    expect(planned.stopped.map(({ work, class: is, reason }) => [work.code, is, reason])).toEqual([
      ['A1.1', 'rejected', 'refused'],
      ['A1.1.1', 'waits', 'waits for A1.1'],
    ]);
    expect(ledger.target.records.size).toBe(2);
  });

  it('puts what is out of use below a record that is made with it, and to the top where that is not made', async () => {
    const lost = async (): Promise<SmallLedger> => {
      const ledger = await targetWith(map('A1', 'A1.1 < A1'));
      await ledger.turn(map('A1'));
      const [above, ended] = [ledger.links.get(id(0)), ledger.links.get(id(1))];
      if (!above || !ended) throw new Error('no records');
      ledger.target.records.delete(above.externalId);
      ledger.links.delete(id(0));
      ledger.links.set(id(1), { ...ended, hash: null });
      return ledger;
    };
    const placeIn = ({ target }: SmallLedger): readonly [string | null | undefined, string | undefined] => [
      target.withKey(id(1))[0]?.content.parent,
      target.withKey(id(0))[0]?.id,
    ];
    const made = await lost();
    expect((await made.turn(map('A1'))).planned.waves).toEqual([[0], [1]]);
    const [parent, above] = placeIn(made);
    expect([parent, made.links.get(id(1))?.parentId]).toEqual([above, id(0)]);
    const refused = await lost();
    refused.target.refusedCodes.add('A1');
    expect((await refused.turn(map('A1'))).delivered.isComplete).toBe(true);
    expect(placeIn(refused)).toEqual([null, undefined]);
    const blocked = await lost();
    await blocked.turn(map('A1'), new Set([id(0)]));
    expect([...placeIn(blocked), blocked.links.get(id(1))?.parentId]).toEqual([null, undefined, null]);
  });

  it('makes any map of any other, in one turn, on a target that checks codes and parents', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyMap(), { minLength: 2, maxLength: 4 }), async (maps) => {
        const ledger = new SmallLedger(new SimulatedTarget());
        for (const wanted of maps) {
          const { delivered } = await ledger.turn(wanted);
          expect(ledger.stuck).toEqual(new Map());
          expect(delivered).toEqual({ isComplete: true, trouble: null, isInDoubt: false, hasLost: false });
          expect(holdings(ledger)).toEqual(asHoldings(wanted));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('is the same in the end, whatever the target refused for a while', async () => {
    await fc.assert(
      fc.asyncProperty(anyMap(), anyMap(), fc.uniqueArray(fc.nat(9)), async (before, wanted, refused) => {
        const ledger = await targetWith(before);
        for (const n of refused) ledger.target.refusedCodes.add(`C${n}`);
        await ledger.turn(wanted);
        for (const [concept, { class: is, reason }] of ledger.stuck) {
          if (is === 'rejected')
            expect(refused.map((n) => `the code C${n} is not allowed here`)).toContain(reason);
          else expect([concept, reason]).toEqual([concept, expect.stringMatching(/^waits for/)]);
        }
        ledger.target.refusedCodes.clear();
        await ledger.turn(wanted);
        expect(holdings(ledger)).toEqual(asHoldings(wanted));
        expect(ledger.stuck.size).toBe(0);
      }),
      { numRuns: 400 },
    );
  });

  it('does all that it can before what the target is known to fail on, and is no trouble when that fails again', async () => {
    await fc.assert(
      fc.asyncProperty(anyMap(), anyMap(), fc.uniqueArray(fc.nat(9)), async (before, wanted, failing) => {
        const ledger = await targetWith(before);
        const known = new Set<string>(failing.map(id));
        for (const n of failing) ledger.failsAlone.add(id(n));
        ledger.target.calls.length = 0;
        ledger.target.interfere = (steps) => (steps.some(({ key }) => known.has(key)) ? 'fail' : null);
        const { delivered } = await ledger.turn(wanted);
        expect(delivered).toMatchObject({ isComplete: true, trouble: null });
        for (const [concept, { class: is, reason }] of ledger.stuck) {
          if (is === 'rejected') expect(known).toContain(concept);
          else expect(reason).toMatch(/^waits for/);
        }
        const together = ledger.target.calls.filter((steps) => steps.length > 1).flat();
        expect(together.filter(({ key }) => known.has(key))).toEqual([]);
        ledger.target.interfere = () => null;
        await ledger.turn(wanted);
        expect(holdings(ledger)).toEqual(asHoldings(wanted));
        expect(ledger.stuck.size).toBe(0);
      }),
      { numRuns: 400 },
    );
  });
});

/** Up to ten concepts with different codes, each below another one or at the top, without circles. */
function anyMap(): fc.Arbitrary<SmallMap> {
  return fc
    .record({
      concepts: fc.shuffledSubarray([...Array(10).keys()], { minLength: 0 }),
      codes: fc.shuffledSubarray([...Array(10).keys()], { minLength: 10 }),
      parents: fc.array(fc.nat(10), { minLength: 10, maxLength: 10 }),
    })
    .map(({ concepts, codes, parents }) => {
      const entries = concepts.map((n, i): [ConceptId, { code: string; parentId: ConceptId | null }] => {
        const parent = concepts[(parents[i] ?? 0) - 1];
        const parentId = parent !== undefined && (parents[i] ?? 0) <= i ? id(parent) : null;
        return [id(n), { code: `C${codes[i]}`, parentId }];
      });
      return new Map(entries);
    });
}
