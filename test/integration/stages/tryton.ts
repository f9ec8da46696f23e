import { drivers } from '#targets';
import type { Stage } from '../../../libs/targets/src/conformance/stage.ts';
import type { Tryton } from '../../support/servers/tryton.ts';

type Kept = Required<Pick<Stage, 'makeForeign' | 'use'>> & Pick<Stage, 'occupy'>;

/** Works that hours are booked on. */
export function trytonWorkStage(tryton: Tryton): Stage {
  const { client } = tryton;
  const book = async (id: string): Promise<void> => {
    const origin = `project.work,${id}`;
    const search = ['model.timesheet.work.search', [['origin', '=', origin]], 0, 1, null, {}] as const;
    const [work] = [await client.call(...search)].flat();
    await client.create('timesheet.line', {
      work,
      employee: 1,
      duration: { __class__: 'timedelta', seconds: 3600 },
      date: { __class__: 'date', year: 2026, month: 1, day: 15 },
    });
  };
  return trytonStage(tryton, 'project.work', {
    makeForeign: async (number, name) => String(await client.create('project.work', { number, name })),
    use: book,
    occupy: book,
  });
}

/** Categories of parties. */
export function trytonCategoryStage(tryton: Tryton): Stage {
  const { client } = tryton;
  return trytonStage(tryton, 'party.category', {
    makeForeign: async (code, title) =>
      String(await client.create('party.category', { name: `${code} ${title}` })),
    use: async (id) => {
      await client.create('party.party', { name: 'Impresa', categories: [['add', [Number(id)]]] });
    },
  });
}

/** SQLite refuses to parse the check of unique names over 100 new categories ("parser stack overflow"). */
const batchSize = 50;

function trytonStage(tryton: Tryton, model: string, kept: Kept): Stage {
  const { address, credentials, client } = tryton;
  return {
    create: (connection) => drivers.tryton.create(connection),
    connection: { address, ...credentials, settings: { model, batchSize }, requestTimeoutMs: 10_000 },
    wrong: { user: credentials.user, secret: 'somebody else' },
    writes: /"method":"model\.[\w.]+\.(create|write|delete)"/,
    lose: async (id) => {
      await client.call(`model.${model}.delete`, [Number(id)], {});
    },
    ...kept,
    stop: () => tryton.stop(),
  };
}
