import { refuse, type Refusal } from '#platform';
import { say } from '#words';
import { TargetError, type StoredRecord } from '#targets';
import type { OpenedTarget } from '../delivery/driver-cabinet.ts';
import { unreadable } from './reach-target.ts';

/** One record of a target, found by reading it page by page; or why there is none. */
export async function findRecord(
  targetId: string,
  { driver, driverName }: Pick<OpenedTarget, 'driver' | 'driverName'>,
  externalId: string,
  signal: AbortSignal,
): Promise<StoredRecord | Refusal> {
  if (!driver.capabilities.canList) {
    return refuse('target-not-listed', {
      status: 409,
      title: say`Nobody can see what the target holds`,
      detail: say`The protocol of "${targetId}", ${driverName}, cannot list records.`,
    });
  }
  try {
    for await (const page of driver.list(signal)) {
      const record = page.find((each) => each.externalId === externalId);
      if (record) return record;
    }
  } catch (error) {
    if (error instanceof TargetError) return unreadable(targetId, error.answer.reason);
    throw error;
  }
  return refuse('record-unknown', {
    status: 404,
    title: say`The target has no such record`,
    detail: say`"${targetId}" holds no record "${externalId}" now.`,
  });
}
