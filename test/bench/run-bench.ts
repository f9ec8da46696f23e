import { allInStep, publicationToAllTargets } from './all-targets.ts';
import { benchClient, type BenchClient } from './bench-client.ts';
import { benchStack } from './bench-stack.ts';
import { commitToConsumer } from './commit-to-consumer.ts';
import { fileIntoForce } from './file-into-force.ts';
import { signIn } from '../../deploy/local/demo/sign-in.ts';
import { peakMemoryMb } from './peak-memory.ts';
import {
  fillLargeScheme,
  firstPublication,
  manyChanges,
  manyChangesAtOnce,
  singleChanges,
} from './publication-speed.ts';
import { readSpeed } from './read-speed.ts';
import { relayThroughput } from './relay-throughput.ts';

/** `npm run bench -- reads`: only these; all of them without a name. */
const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const isChosen = (name: string): boolean => chosen.length === 0 || chosen.includes(name);
const asJson = process.argv.includes('--json');
const say = (text: string): void => void (asJson || console.log(text));
const figures: Record<string, number> = {};
const measure = async (what: string, work: () => Promise<Record<string, number>>): Promise<void> => {
  say(`… ${what}`);
  for (const [name, value] of Object.entries(await work())) {
    figures[name] = Number(value.toPrecision(4));
    say(`  ${name.padEnd(34)} ${figures[name]}`);
  }
};

const stack = await benchStack();
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    interrupted = true;
    void stack.stop().then(() => process.exit(1));
  });
try {
  await stack.startApp('sandbox');
  await stack.startApp('catalog');
  const client = await benchClient(stack.addresses);
  await stack.bootstrap();
  if (isChosen('reads')) await measureReads();
  if (chosen.includes('file'))
    await measure('350,000 rows of a CSV file, into force', () => fileIntoForce(stack, client));
  if (isChosen('publication')) await measurePublication(client);
  if (isChosen('delivery')) await measureDelivery(client);
  if (asJson) console.log(JSON.stringify(figures));
} catch (error) {
  if (!interrupted) throw error;
} finally {
  await stack.stop();
}

async function measurePublication(client: BenchClient): Promise<void> {
  await measure('350,000 rows of a CSV file, into force', () => fileIntoForce(stack, client));
  const draft = await fillLargeScheme(stack, client);
  await measure('350,000 entries, from a draft into force', () => firstPublication(client, draft));
  await measure('10,000 changes right after it', () => manyChangesAtOnce(client));
  await measure('one change, on 350,000 and on 449 entries in turn', () => singleChanges(client));
  await measure('10,000 changes on 350,000 entries', () => manyChanges(stack, client));
}

async function measureReads(): Promise<void> {
  const [catalog, catalogPid] = [stack.addresses.catalog, stack.pids['catalog'] ?? 0];
  const token = await signIn(stack.addresses.sandbox, 'demo-editor');
  await measure('reads beside bare Fastify', () => readSpeed({ catalog, catalogPid, token }));
}

async function measureDelivery(client: BenchClient): Promise<void> {
  await measure('from empty targets to 449 records in each of three', async () => {
    const since = Date.now();
    await stack.startApp('connector');
    return { connector_start_to_all_targets_s: ((await allInStep(stack, 1)) - since) / 1_000 };
  });
  await measure('449 entries retitled, to the last acknowledgement', () =>
    publicationToAllTargets(stack, client),
  );
  await measure('commit to consumer, 300 publications', () => commitToConsumer(stack, client));
  // Memory of a connector that follows one map of 449; below, it would only compete for the two cores.
  const connector = peakMemoryMb(stack.pids['connector'] ?? 0);
  await stack.stopApp('connector');
  await measure('one publication of 50,000 changes through the relay, and kafkajs alone', () =>
    relayThroughput(stack, client),
  );
  await measure('peak memory', async () => ({
    ...Object.fromEntries(
      Object.entries(stack.pids).map(([name, pid]) => [`peak_memory_${name}_mb`, peakMemoryMb(pid)]),
    ),
    peak_memory_connector_mb: connector,
  }));
}
