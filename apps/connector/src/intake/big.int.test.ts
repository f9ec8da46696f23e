import { expect, it } from 'vitest';
import { connectorDatabase } from '../testing/connector-database.ts';
import { MapHistory, mapOf } from '../testing/map-history.ts';
import { Intake } from './intake.ts';
import { deliverAll, deliveryTo, registerTargets, takeIn } from '../testing/delivery-harness.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
it('big', { timeout: 300_000 }, async () => {
  const d = await connectorDatabase();
  const lines: string[] = [];
  let n = 0;
  for (let a = 1; a <= 10; a++) {
    lines.push(`${++n} A${a} t`);
    for (let b = 1; b <= 20; b++) {
      lines.push(`${++n} A${a}.${b} t`);
      for (let c = 1; c <= 20; c++) {
        lines.push(`${++n} A${a}.${b}.${c} t`);
        for (let e = 1; e <= 12; e++) lines.push(`${++n} A${a}.${b}.${c}.${e} t`);
      }
    }
  }
  const h = new MapHistory('big');
  const r1 = h.publish(mapOf(lines));
  const r2 = h.publish(mapOf(lines.map((l) => l + 'x')));
  const r3 = h.publish(mapOf(lines.map((l, i) => (i === 777 ? l + 'y' : l + 'x'))));
  const intake = new Intake(d.db, d.logger);
  console.log(n);
  for (const r of [r1, r2, r3]) {
    let t = performance.now();
    for (let i = 0; i < r.changes.length; i += 1000)
      await intake.takeChanges(r.changes.slice(i, i + 1000), 'e');
    console.log('receive', performance.now() - t);
    t = performance.now();
    await intake.takeRevisions([r.inForce], 'e');
    console.log('fold', performance.now() - t);
  }
  await registerTargets(d.db, ['t'], 'big');
  const target = new SimulatedTarget();
  const runner = d.db.createQueryRunner();
  const q = runner.query.bind(runner);
  (runner as never as { query: unknown }).query = async (text: string, values: unknown[], x: true) => {
    const plan = (await q('explain ' + text, values)) as { 'QUERY PLAN': string }[];
    console.log('PLAN\n' + plan.map((r) => r['QUERY PLAN']).join('\n'));
    return q(text.replace('from candidate c', 'from candidate c where false and true limit 0 --'), values, x).catch(() => ({ records: [] })) as never;
  };
  await import('../delivery/load-work.ts').then(({ loadWork }) => loadWork(runner.manager, { targetId: 't', scheme: 'big', applied: 0, desired: 3, isFull: true, mayExist: false, isInDoubt: false, resets: 0, publishedAt: new Date() }, { uniqueCodes: true, longestCode: 80, longestTitle: 80, language: 'it', missingTitle: 'show' })).catch((e) => console.log(String(e)));
  await runner.release();
  let t = performance.now();
  if (process.env['DELIVER']) await deliverAll(deliveryTo(d.db, { t: target }));
  console.log('deliver', performance.now() - t, target.records.size);
  await takeIn(d.db, h.publish(mapOf(lines.map((l, i) => (i === 777 ? l + 'z' : l + 'x')))));
  t = performance.now();
  await deliverAll(deliveryTo(d.db, { t: target }));
  console.log('deliver one', performance.now() - t, target.calls.length);
  expect(1).toBe(1);
  await d.close();
});
