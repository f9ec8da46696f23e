import type { EachBatchPayload } from 'kafkajs';
import type { ConsumeOptions, MessageBatch, Progress } from './consume-options.ts';
import { pause, pauseMs, type Pauses } from './pause.ts';

type HandleOptions = Pick<ConsumeOptions, 'handle' | 'logger' | 'signal' | 'groupId'> & {
  readonly pauses: Pauses;
  readonly heartbeatMs: number;
};

interface Watched {
  readonly onPoll: () => void;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * Gives a batch to the handler until it succeeds, then commits. The member's heart goes on beating meanwhile. When the
 * group rebalances during the pauses, the batch is let go uncommitted: whoever gets the partition next gets it again.
 */
export async function handleBatch(
  payload: EachBatchPayload,
  options: HandleOptions,
  watched: Watched,
): Promise<void> {
  const { batch } = payload;
  const { topic, partition, messages } = batch;
  const heart = beat(payload, options.heartbeatMs, watched.onPoll);
  try {
    const data = { topic, partition, messages, highWatermark: Number(batch.highWatermark) };
    if (
      messages.length &&
      !(await untilHandled(data, options, () => payload.isRunning() && !heart.failure()))
    ) {
      heart.throwFailure();
      return;
    }
    const next = (BigInt(batch.lastOffset()) + 1n).toString();
    payload.resolveOffset(messages.at(-1)?.offset ?? batch.lastOffset());
    await payload.commitOffsetsIfNecessary({
      topics: [{ topic, partitions: [{ partition, offset: next }] }],
    });
    watched.onProgress({
      topic,
      partition,
      offset: Number(next),
      lag: Math.max(0, data.highWatermark - Number(next)),
    });
    heart.throwFailure();
    await payload.heartbeat();
  } finally {
    heart.stop();
  }
}

/** @returns false when it was told to stop, or lost its partition, before the handler succeeded */
async function untilHandled(
  batch: MessageBatch,
  { handle, logger, signal, groupId, pauses }: HandleOptions,
  isOurs: () => boolean,
): Promise<boolean> {
  const { topic, partition } = batch;
  for (let failures = 1; !signal.aborted && isOurs(); failures++) {
    try {
      await handle(batch, signal);
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      const waitMs = pauseMs(failures, pauses);
      const offset = batch.messages[0]?.offset;
      logger.error(
        { err: error, groupId, topic, partition, offset, failures, waitMs },
        'a batch failed; trying it again',
      );
      await pause(waitMs, signal);
    }
  }
  return false;
}

function beat(payload: EachBatchPayload, everyMs: number, onBeat: () => void) {
  let failure: unknown;
  const timer = setInterval(() => {
    onBeat();
    payload.heartbeat().catch((error: unknown) => (failure ??= error));
  }, everyMs);
  return {
    failure: () => failure,
    throwFailure: () => {
      if (failure) throw failure;
    },
    stop: () => clearInterval(timer),
  };
}
