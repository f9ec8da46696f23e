import { batchesBySize, type Producer } from '#messaging';
import type { LogRow } from './read-log.ts';
import { renderMessages, type TopicMessage } from './render-messages.ts';

/** Sends the messages of rows, in batches bounded by bytes, all topics together. */
export async function sendRows(producer: Producer, epoch: string, rows: readonly LogRow[]): Promise<void> {
  const messages = rows.flatMap((row) => renderMessages(epoch, row));
  await Promise.all(batchesBySize(messages).map((batch) => producer.sendBatch(byTopic(batch))));
}

function byTopic(batch: readonly TopicMessage[]): { topic: string; messages: TopicMessage[] }[] {
  const topics = new Map<string, TopicMessage[]>();
  for (const message of batch) {
    const messages = topics.get(message.topic);
    if (messages) messages.push(message);
    else topics.set(message.topic, [message]);
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}
