import { Client } from 'pg';
import { createLogger, runMigrations } from '#platform';
import { connectorMigrations } from '../../apps/connector/src/database/schema.ts';
import { startStack } from '../support/stack.ts';

/**
 * How long it takes to say what each of 10,000 targets of 3,400 organisations should hold, of 50 revisions.
 * Run: npm run build && node_modules/.bin/node test/bench/desired-speed.ts
 */
const world = `
  insert into revision (scheme, number, edition, effective_date, changes, content_hash, published_at, applied_at)
    select 'map', n, 'edition', date '2020-01-01' + n, 1, '', now(), now() from generate_series(1, 50) n;
  insert into organisation (id, name, wave) select 'o' || n, 'Ente', n % 3 + 1 from generate_series(1, 3400) n;
  insert into system (id, address, username, secret, schedule_id)
    select 's' || n, 'http://127.0.0.1', '', 'env:SECRET', schedule.id from generate_series(1, 180) n, schedule;
  insert into profile (id, kind, driver, language, missing_title, settings, offset_days)
    select 'p' || n, 'crm', 'crm-sobject', 'it', 'show', '{}', n * 30 from generate_series(-1, 1) n;
  insert into target (id, organisation_id, system_id, profile_id, scheme, applied_revision)
    select 't' || n, 'o' || n / 3 + 1, 's' || n % 180 + 1, 'p' || n % 3 - 1, 'map', 49 from generate_series(0, 9999) n;`;

const cases: readonly (readonly [what: string, statement: string])[] = [
  ['nobody decided anything', ''],
  ['a revision is held at wave 1', `insert into rollout values ('map', 50, 1)`],
  [
    'each organisation adopted the newest by an act',
    `insert into adoption select id, 'map', 50, '2020-01-01' from organisation`,
  ],
  ['each organisation put the newest off', `update adoption set adopted_from = '2999-01-01'`],
];

const stack = await startStack();
try {
  const url = new URL(stack.postgresAdminUrl);
  const app = new URL(url);
  [app.username, app.password] = ['mappa_connector', 'bench'];
  const logger = createLogger('bench', 'silent');
  await runMigrations({ ...connectorMigrations, adminUrl: url.href, appUrl: app.href, logger });
  const client = new Client({ connectionString: url.href });
  await client.connect();
  await client.query(`set search_path to connector; ${world}`);
  for (const [what, statement] of cases) {
    if (statement) await client.query(statement);
    await client.query('analyze');
    const times: number[] = [];
    for (let run = 0; run < 11; run++) {
      const from = performance.now();
      await client.query('select target_id, revision from desired');
      times.push(performance.now() - from);
    }
    const [fastest = 0, , , , , median = 0] = times.sort((a, b) => a - b);
    console.log(`${what.padEnd(50)} median ${median.toFixed(0)} ms, fastest ${fastest.toFixed(0)} ms`);
  }
  await client.end();
} finally {
  await stack.stop();
}
