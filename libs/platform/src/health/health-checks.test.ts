import { expect, test } from 'vitest';
import { HealthChecks } from './health-checks.ts';

test('it is ready when every check is up', async () => {
  const health = new HealthChecks();
  health.register('database', async () => 'ok');
  expect(await health.run()).toEqual({
    ready: true,
    checks: { database: { status: 'up', durationMs: expect.any(Number) } },
  });
});

test('one check that fails, throws or hangs makes it not ready, and says why', async () => {
  const health = new HealthChecks();
  health.register('fails', () => Promise.reject(new Error('no route to host')));
  health.register('throws', () => {
    throw new Error('not connected');
  });
  health.register('hangs', () => new Promise(() => undefined), 20);
  const { ready, checks } = await health.run();
  expect(ready).toBe(false);
  expect(checks).toMatchObject({
    fails: { status: 'down', reason: 'no route to host' },
    throws: { status: 'down', reason: 'not connected' },
    hangs: { status: 'down', reason: 'no answer within 20 ms' },
  });
});
