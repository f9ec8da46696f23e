import fc from 'fast-check';
import { expect } from 'vitest';
import type { Fields, ModelDraft, SealingModel } from './sealing-model.ts';

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
const arbitraryEdits: fc.Arbitrary<Fields> = fc
  .dictionary(fc.constantFrom(...fields), fc.constantFrom('a', 'b', 'c'), { minKeys: 1, maxKeys: 2 })
  .map((edits) => new Map(Object.entries(edits)));
const arbitraryLead = fc.integer({ min: 1, max: 5 });

/** The map that every history begins with. */
export const firstMap: Fields = new Map(fields.map((field) => [field, 'a']));

async function agree(model: SealingModel, catalog: SealingCatalog): Promise<void> {
  expect(await catalog.sealedNames()).toEqual(model.sealed.map(({ name }) => name));
  expect(await catalog.onDay(model.today)).toEqual(model.onDay(model.today));
}

async function openIn(catalog: SealingCatalog, model: SealingModel, edits: Fields): Promise<ModelDraft> {
  const draft = model.open(edits);
  await catalog.open(draft);
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

const show = (edits: Fields): string => JSON.stringify(Object.fromEntries(edits));

const isDueTomorrow = ({ isLoopRunning, sealed, today }: SealingModel): boolean =>
  isLoopRunning && sealed[0] !== undefined && sealed[0].day <= today + 1;

/** Histories of publications, errata, seals, withdrawals and days, with the loop at work or dead. */
export const sealingCommands: fc.Arbitrary<Command>[] = [
  arbitraryEdits.map((edits) =>
    command(`publish ${show(edits)}`, async (model, catalog) => {
      const draft = await openIn(catalog, model, edits);
      const done = model.publish(draft);
      expect(await catalog.publish(draft.name, model.today)).toBe(done);
    }),
  ),
  fc.tuple(arbitraryEdits, arbitraryLead).map(([edits, lead]) =>
    command(`seal ${show(edits)} in ${lead} days`, async (model, catalog) => {
      const draft = await openIn(catalog, model, edits);
      const done = model.seal(draft, model.today + lead);
      expect(await catalog.seal(draft.name, model.today + lead, model.today)).toBe(done);
    }),
  ),
  arbitraryEdits.map((edits) =>
    command(`prepare ${show(edits)}`, async (model, catalog) => {
      model.prepared.push(await openIn(catalog, model, edits));
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
  arbitraryEdits.map((edits) =>
    command(
      `publish ${show(edits)} between reading and folding`,
      async (model, catalog) => {
        const draft = await openIn(catalog, model, edits);
        await catalog.foldWhile(model.today + 1, async () => {
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
  for (let day = 0; day <= model.today; day++) expect(await catalog.onDay(day)).toEqual(model.onDay(day));
  return model.today + 1;
}
