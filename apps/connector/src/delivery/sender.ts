import type { Answer, Driver, Step } from '#targets';
import { deleteUnused } from './delete-unused.ts';

type Send = (steps: readonly Step[], signal: AbortSignal) => Promise<Answer[]>;

/** How the steps of a plan are sent. */
export interface Sender extends Pick<Driver, 'capabilities'> {
  /** Makes records say what the steps say. */
  readonly write: Send;
  /** Deletes the records of the steps, those that nothing uses. */
  readonly remove: Send;
}

export function senderTo(driver: Driver): Sender {
  return {
    capabilities: driver.capabilities,
    write: driver.write.bind(driver),
    remove: (steps, signal) => deleteUnused(driver, steps, signal),
  };
}
