import { createKafka, ensureTopics, Producer, batchesBySize } from '#messaging';
import { topics } from '#contracts';
import { Client } from 'pg';
import { z } from 'zod';
import { renderMessages, type TopicMessage } from '../../apps/catalog/src/relay/render-messages.ts';
import type { BenchClient } from './bench-client.ts';
import type { BenchStack } from './bench-stack.ts';
import { bigCodes, bigDocument, bigEdition, titleOf } from './big-map.ts';
import { settled } from './settled.ts';
import { median } from './statistics.ts';

const rounds = 3;
const changes = 50_000;
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * One publication of 50,000 changes through the relay, beside kafkajs alone sending the very same messages to topics
 * of the same form, in turn: A B A B A B. The relay is timed from COMMIT's return to its cursor behind the last change.
 */
export async function relayThroughput(
  stack: BenchStack,
  client: BenchClient,
): Promise<Record<string, number>> {
  const db = new Client({ connectionString: stack.databases.admin });
  await db.connect();
  const kafka = createKafka(stack.brokers.split(','), 'bench-producer', silent);
  const producer = new Producer(kafka);
  try {
    await makeMap(client);
    await settled(db);
    const bare = {
      [topics.changes.name]: 'bench.changes',
      [topics.concepts.name]: 'bench.concepts',
      [topics.revisions.name]: 'bench.revisions',
    };
    await ensureTopics(
      kafka,
      Object.values(topics).map(({ name, ...spec }) => ({
        ...spec,
        topic: bare[name] ?? name,
        replicationFactor: 1,
      })),
    );
    await producer.connect();
    const [relayed, alone, ratios]: number[][] = [[], [], []];
    for (let round = 0; round <= rounds; round++) {
      const edits = bigCodes(changes).map((code) => ({
        op: 'change',
        entry: code,
        titles: { it: { official: titleOf(code, round + 1) } },
      }));
      const { committedAtMs } = await client.publishEdits('bench', edits);
      const relaySeconds = ((await settled(db)) - committedAtMs) / 1_000;
      const aloneSeconds = await sendAlone(producer, await lastMessages(db, bare));
      // The first round warms up both.
      if (round === 0) continue;
      relayed?.push(changes / relaySeconds);
      alone?.push(changes / aloneSeconds);
      ratios?.push(aloneSeconds / relaySeconds);
    }
    return {
      relay_changes_per_s: median(relayed ?? []),
      relay_messages_per_s: 2 * median(relayed ?? []),
      kafkajs_alone_changes_per_s: median(alone ?? []),
      relay_to_kafkajs_ratio: median(ratios ?? []),
    };
  } finally {
    await producer.disconnect();
    await db.end();
  }
}

async function makeMap(client: BenchClient): Promise<void> {
  await client.createScheme({ id: 'bench', titles: { it: 'Bench' }, languages: ['it'] });
  const body = { edition: bigEdition, document: bigDocument(bigCodes(changes)) };
  const answer: unknown = await (await client.call('POST', '/schemes/bench/imports', body)).json();
  const { draft } = z.object({ draft: z.object({ id: z.string() }) }).parse(answer);
  await client.publish(draft.id);
}

async function lastMessages(db: Client, names: Readonly<Record<string, string>>): Promise<TopicMessage[]> {
  const { rows } = await db.query(`
    select l.position::int as position, l.scheme_id as scheme, l.revision, r.in_force_from::text as "effectiveDate",
      l.concept_id as "conceptId", l.head, l.before, l.after
    from catalog.change_log l join catalog.revision r on r.scheme_id = l.scheme_id and r.number = l.revision
    where l.scheme_id = 'bench' and l.revision = (select max(number) from catalog.revision where scheme_id = 'bench')
    order by l.position`);
  return rows
    .flatMap((row) => renderMessages('bench', row))
    .map((message) => ({ ...message, topic: names[message.topic] ?? message.topic }));
}

/** Seconds that kafkajs takes for messages that are ready in memory, in the same batches, two under way. */
async function sendAlone(producer: Producer, messages: readonly TopicMessage[]): Promise<number> {
  const batches = batchesBySize(messages);
  const start = performance.now();
  const underway: Promise<unknown>[] = [];
  for (const batch of batches) {
    const byTopic = Map.groupBy(batch, ({ topic }) => topic);
    underway.push(producer.sendBatch([...byTopic].map(([topic, grouped]) => ({ topic, messages: grouped }))));
    if (underway.length > 4) await underway.shift();
  }
  await Promise.all(underway);
  return (performance.now() - start) / 1_000;
}
