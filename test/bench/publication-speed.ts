import { Client } from 'pg';
import { z } from 'zod';
import type { BenchClient } from './bench-client.ts';
import type { BenchStack } from './bench-stack.ts';
import { bigCodes, bigEdition, titleOf } from './big-map.ts';
import { fillOverlay } from './fill-overlay.ts';
import { settled } from './settled.ts';
import { median } from './statistics.ts';

const entries = 350_000;
const fanOut = 50;
const single = 200;
const many = 10_000;

const codes = bigCodes(entries, fanOut);

/** A draft of a scheme of 350,000 entries beside the map of processes, filled past the API. @returns its id */
export async function fillLargeScheme(stack: BenchStack, client: BenchClient): Promise<string> {
  const db = new Client({
    connectionString: stack.databases.admin,
    options: '-c search_path=catalog,public',
  });
  await db.connect();
  try {
    const scheme = { id: 'grande', titles: { it: 'Grande' }, languages: ['it'] };
    await client.createScheme(scheme);
    const opened = await client.call('POST', '/schemes/grande/drafts', { edition: bigEdition });
    const { id } = z.object({ id: z.string() }).parse(await opened.json());
    await fillOverlay(db, id, codes);
    return id;
  } finally {
    await db.end();
  }
}

/** From the filled draft through review into force. */
export async function firstPublication(client: BenchClient, draft: string): Promise<Record<string, number>> {
  return { first_publication_s: await secondsOf(() => client.publish(draft)) };
}

/** One change at a time in each of the two schemes in turn: from the edited draft through review into force. */
export async function singleChanges(client: BenchClient): Promise<Record<string, number>> {
  const [large, small, ratios]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < single + 10; round++) {
    const [onLarge, onSmall] = [
      await publishOne(client, 'grande', codes[(round * 1_009) % codes.length] ?? '', round),
      await publishOne(client, 'processi-camerali', 'Z1.1.1.2', round),
    ];
    // The first ones warm up both.
    if (round < 10) continue;
    large.push(onLarge * 1_000);
    small.push(onSmall * 1_000);
    ratios.push(onLarge / onSmall);
  }
  return {
    publish_one_on_350000_ms: median(large),
    publish_one_on_449_ms: median(small),
    publish_one_ratio: median(ratios),
  };
}

/** 10,000 existing entries retitled at once, from review into force: with nothing else under way. */
export async function manyChanges(stack: BenchStack, client: BenchClient): Promise<Record<string, number>> {
  const db = new Client({ connectionString: stack.databases.admin });
  await db.connect();
  try {
    await settled(db);
  } finally {
    await db.end();
  }
  return { publish_10000_changes_s: await publishMany(client, 0) };
}

/** The same right after a first publication, while its events go to Kafka and the words of its titles are filed. */
export async function manyChangesAtOnce(client: BenchClient): Promise<Record<string, number>> {
  return { publish_10000_changes_while_relaying_s: await publishMany(client, 1) };
}

async function publishMany(client: BenchClient, round: number): Promise<number> {
  const end = codes.length - round * many;
  const edits = codes.slice(end - many, end).map((code) => retitle(code, single));
  const prepared = await client.prepare('grande', edits);
  return secondsOf(() => client.publish(prepared));
}

async function publishOne(client: BenchClient, scheme: string, code: string, round: number): Promise<number> {
  const draft = await client.prepare(scheme, [retitle(code, round)]);
  return secondsOf(() => client.publish(draft));
}

const retitle = (code: string, round: number) => ({
  op: 'change',
  entry: code,
  titles: { it: { official: titleOf(code, round + 1) } },
});

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return (performance.now() - since) / 1_000;
}
