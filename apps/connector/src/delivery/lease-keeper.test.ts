import type { DataSource } from 'typeorm';
import { expect, test, vi } from 'vitest';
import { createLogger } from '#platform';
import { LeaseKeeper } from './lease-keeper.ts';

test('a lease is lost while the machine is suspended, although the clock of its processes stands still', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const keeper = new LeaseKeeper({} as DataSource, 4_000, createLogger('test', 'silent'));
  const lease = keeper.keep({ systemId: 's', holder: 'h' }, performance.now());
  lease.check();
  expect(lease.lost.aborted).toBe(false);
  vi.setSystemTime(Date.now() + 3_600_000);
  lease.check();
  expect(lease.lost.aborted).toBe(true);
  vi.useRealTimers();
});
