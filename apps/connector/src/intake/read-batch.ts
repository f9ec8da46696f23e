import type { KafkaMessage } from 'kafkajs';
import type { z } from 'zod';
import { readCloudEvent, Unreadable, type MessageBatch } from '#messaging';

/** Events of one epoch, in the order of the partition. */
export interface EpochEvents<Event> {
  readonly epoch: string;
  readonly events: Event[];
  /** When each of them came to the broker. */
  readonly brokerTimes: Date[];
}

export interface ReadBatch<Event> {
  readonly byEpoch: EpochEvents<Event>[];
  readonly unreadable: { readonly message: KafkaMessage; readonly reason: string }[];
}

/**
 * Reads a batch of CloudEvents of one type. Messages of other types are not ours and are left out; those that do not
 * have the form of the contract come back with the reason.
 */
export function readBatch<Event>(
  { messages }: Pick<MessageBatch, 'messages'>,
  type: string,
  schema: z.ZodType<Event>,
): ReadBatch<Event> {
  const byEpoch: EpochEvents<Event>[] = [];
  const unreadable: ReadBatch<Event>['unreadable'] = [];
  for (const message of messages) {
    const event = readCloudEvent(message);
    if (event instanceof Unreadable) unreadable.push({ message, reason: event.reason });
    else if (event.type === type) {
      const parsed = schema.safeParse(event.data);
      const epoch = epochOf(event.id);
      if (!parsed.success) unreadable.push({ message, reason: firstIssue(parsed.error) });
      else if (epoch === null)
        unreadable.push({ message, reason: `the id ${event.id} is not <epoch>-<position>` });
      else {
        if (byEpoch.at(-1)?.epoch !== epoch) byEpoch.push({ epoch, events: [], brokerTimes: [] });
        byEpoch.at(-1)?.events.push(parsed.data);
        byEpoch.at(-1)?.brokerTimes.push(new Date(Number(message.timestamp)));
      }
    }
  }
  return { byEpoch, unreadable };
}

/** The id of an event is `<log epoch>-<position>`, with a suffix on some topics; an epoch may have hyphens of its own. */
export function epochOf(id: string): string | null {
  return /^(.+?)-\d+(?:\.[a-z]+)?$/.exec(id)?.[1] ?? null;
}

function firstIssue({ issues }: z.ZodError): string {
  const [issue] = issues;
  return `${issue?.path.join('.') || 'the event'}: ${issue?.message ?? 'not of the expected form'}`;
}
