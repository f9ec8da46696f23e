import { expect, test } from 'vitest';
import { drivers, isDriverName } from './registry.ts';

test.each(Object.entries(drivers))(
  '%s works with no settings at all, and refuses unknown ones',
  async (_, type) => {
    const address = 'http://127.0.0.1:1';
    const driver = type.create({ address, user: '', secret: '', settings: {}, requestTimeoutMs: 1000 });
    expect(driver.capabilities.batchSize).toBeGreaterThan(0);
    expect(driver.capabilities.maxBatchBytes !== undefined).toBe(
      type.settingsSchema.safeParse({ maxBatchBytes: 10_000 }).success,
    );
    await driver.close();
    expect(type.settingsSchema.safeParse({}).success).toBe(true);
    expect(type.settingsSchema.safeParse({ nonsense: 1 }).success).toBe(false);
  },
);

test('a name that is inherited by objects is no driver', () => {
  expect(isDriverName('cmis')).toBe(true);
  expect(isDriverName('toString')).toBe(false);
});
