import fc from 'fast-check';
import { expect } from 'vitest';
import type { Ask, Fields, ModelDraft, SealingModel } from './sealing-model.ts';

/** A catalog under test: drafts by the name that the model gives them. Each answer says whether it was done. */
export interface SealingCatalog {
  open(draft: ModelDraft): Promise<void>;
  publish(name: string, day: number): Promise<boolean>;
  seal(name: string, forDay: number, today: number): Promise<boolean>;
  withdraw(name: string, today: number): Promise<boolean>;
  /** One turn of the loop on a day. */
  turn(today: number): Promise<void>;
  /** Reads the first sealed set to bring it into force, and writes it as changes of the map; what happens between the two. */
  foldWhile(today: number, between: () => Promise<void>): Promise<void>;
  onDay(day: number): Promise<Fields | undefined>;
  sealedNames(): Promise<string[]>;
}

type Command = fc.AsyncCommand<SealingModel, SealingCatalog>;

const fields = ['1.it', '1.en', '2.it', '2.en', '3.it', '3.note'];
const top = fc.constantFrom('1', '2', '3');
const below = fc.constantFrom('4', '5', '6');
const codeBelow = fc.constantFrom('B1', 'B2');
const text: fc.Arbitrary<Ask> = fc.record({
  what: fc.constant('text'),
  field: fc.constantFrom(...fields, '4.it', '5.it'),
  value: fc.constantFrom('a', 'b', 'c'),
});
const structure: fc.Arbitrary<Ask> = fc.oneof(
  fc.record({ what: fc.constant('create'), concept: below, code: codeBelow, parent: top }),
  fc.record({ what: fc.constant('renumber'), concept: below, code: codeBelow }),
  fc.record({ what: fc.constant('renumber'), concept: top, code: fc.constantFrom('A1', 'A2', 'A3', 'A4') }),
  fc.record({ what: fc.constant('move'), concept: below, parent: top }),
  fc.record({
    what: fc.constant('retire'),
    concept: fc.oneof(top, below),
    successor: fc.option(fc.oneof(top, below)),
  }),
);
const ask = fc.oneof({ weight: 1, arbitrary: text }, { weight: 2, arbitrary: structure });
const arbitraryAsks: fc.Arbitrary<Ask[]> = fc.array(ask, { minLength: 1, maxLength: 3 });
const arbitraryLead = fc.integer({ min: 1, max: 5 });

/** The map that every history begins with. */
export const firstMap: Fields = new Map([
  ...['1', '2', '3'].map((concept): [string, string] => [`${concept}.code`, `A${concept}`]),
  ...fields.map((field): [string, string] => [field, 'a']),
]);

async function agree(model: SealingModel, catalog: SealingCatalog): Promise<void> {
  expect(await catalog.sealedNames()).toEqual(model.sealed.map(({ name }) => name));
  expect(await catalog.onDay(model.today)).toEqual(model.onDay(model.today));
}

/** A draft with what can be asked of the map in force; null when that is nothing. */
async function openIn(
  catalog: SealingCatalog,
  model: SealingModel,
  asks: readonly Ask[],
): Promise<ModelDraft | null> {
  const draft = model.open(asks);
  if (draft) await catalog.open(draft);
  return draft;
}

const command = (
  text: string,
  run: (model: SealingModel, catalog: SealingCatalog) => Promise<void>,
  check: (model: SealingModel) => boolean = () => true,
): Command => ({
  check,
  run: async (model, catalog) => {
    await run(model, catalog);
    await agree(model, catalog);
  },
  toString: () => text,
});

const show = (asks: readonly Ask[]): string => JSON.stringify(asks);

const isDueTomorrow = ({ isLoopRunning, sealed, today }: SealingModel): boolean =>
  isLoopRunning && sealed[0] !== undefined && sealed[0].day <= today + 1;

/** Histories of publications, errata, seals, withdrawals and days, with the loop at work or dead. */
export const sealingCommands: fc.Arbitrary<Command>[] = [
  arbitraryAsks.map((asks) =>
    command(`publish ${show(asks)}`, async (model, catalog) => {
      const draft = await openIn(catalog, model, asks);
      if (!draft) return;
      const done = model.publish(draft);
      expect(await catalog.publish(draft.name, model.today)).toBe(done);
    }),
  ),
  fc.tuple(arbitraryAsks, arbitraryLead).map(([asks, lead]) =>
    command(`seal ${show(asks)} in ${lead} days`, async (model, catalog) => {
      const draft = await openIn(catalog, model, asks);
      if (!draft) return;
      const done = model.seal(draft, model.today + lead);
      expect(await catalog.seal(draft.name, model.today + lead, model.today)).toBe(done);
    }),
  ),
  arbitraryAsks.map((asks) =>
    command(`prepare ${show(asks)}`, async (model, catalog) => {
      const draft = await openIn(catalog, model, asks);
      if (draft) model.prepared.push(draft);
    }),
  ),
  arbitraryLead.map((lead) =>
    command(
      `seal what was prepared, in ${lead} days`,
      async (model, catalog) => {
        const draft = model.prepared.shift();
        if (!draft) return;
        const done = model.seal(draft, model.today + lead);
        expect(await catalog.seal(draft.name, model.today + lead, model.today)).toBe(done);
      },
      ({ prepared }) => prepared.length > 0,
    ),
  ),
  fc.constant(
    command(
      'publish what was prepared',
      async (model, catalog) => {
        const draft = model.prepared.shift();
        if (!draft) return;
        const done = model.publish(draft);
        expect(await catalog.publish(draft.name, model.today)).toBe(done);
      },
      ({ prepared }) => prepared.length > 0,
    ),
  ),
  fc.nat({ max: 3 }).map((index) =>
    command(
      `withdraw sealed set ${index}`,
      async (model, catalog) => {
        const name = model.sealed[index]?.name ?? '';
        expect(await catalog.withdraw(name, model.today)).toBe(model.withdraw(name));
      },
      ({ sealed }) => sealed[index] !== undefined,
    ),
  ),
  fc.integer({ min: 1, max: 4 }).map((days) =>
    command(`${days} days pass`, async (model, catalog) => {
      for (let day = 0; day < days; day++) {
        model.today++;
        if (!model.isLoopRunning) continue;
        model.comeIntoForce();
        await catalog.turn(model.today);
      }
    }),
  ),
  arbitraryAsks.map((asks) =>
    command(
      `publish ${show(asks)} between reading and folding`,
      async (model, catalog) => {
        const draft = await openIn(catalog, model, asks);
        await catalog.foldWhile(model.today + 1, async () => {
          if (!draft) return;
          const done = model.publish(draft);
          expect(await catalog.publish(draft.name, model.today)).toBe(done);
        });
        model.today++;
        model.comeIntoForce();
        await catalog.turn(model.today);
      },
      isDueTomorrow,
    ),
  ),
  fc.constant(
    command(
      'the loop stops after folding, before coming into force',
      async (model, catalog) => {
        model.today++;
        model.isLoopRunning = false;
        await catalog.foldWhile(model.today, async () => {});
      },
      isDueTomorrow,
    ),
  ),
  fc.constant(
    command(
      'the loop dies',
      async (model) => {
        model.isLoopRunning = false;
      },
      ({ isLoopRunning }) => isLoopRunning,
    ),
  ),
  fc.constant(
    command(
      'the loop starts again',
      async (model, catalog) => {
        model.isLoopRunning = true;
        model.comeIntoForce();
        await catalog.turn(model.today);
      },
      ({ isLoopRunning }) => !isLoopRunning,
    ),
  ),
];

/** When everything is over: each day had the map that the model had, also those that came while the loop was dead. */
export async function expectEveryDay(model: SealingModel, catalog: SealingCatalog): Promise<number> {
  model.today += 6;
  model.comeIntoForce();
  await catalog.turn(model.today);
  for (let day = model.firstDay; day <= model.today; day++)
    expect(await catalog.onDay(day)).toEqual(model.onDay(day));
  return model.today + 1 - model.firstDay;
}
