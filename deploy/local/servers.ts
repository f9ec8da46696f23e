import { join } from 'node:path';
import { chooseKafka } from './kafka/choose-kafka.ts';
import { removeKafkaContainer, startKafkaInDocker } from './kafka/start-kafka-docker.ts';
import { startKafkaOnJava } from './kafka/start-kafka-java.ts';
import type { KafkaOptions } from './kafka/start-kafka-java.ts';
import { waitForKafka } from './kafka/wait-for-kafka.ts';
import { text } from './messages.mjs';
import { ensureDatabase } from './postgres/ensure-database.ts';
import { startPostgres } from './postgres/start-postgres.ts';
import { waitForPostgres } from './postgres/wait-for-postgres.ts';
import { stopOrder } from './services/app.ts';
import { DidNotStart, keepRunning } from './services/keep-running.ts';
import type { Stages } from './stages-context.ts';

/** Brings up Postgres (or waits for the one given) with the database of Mappa, whose address for the owner is `url`. */
export function postgres(stages: Stages, url: string): Promise<void> {
  const { launcher, keeper, screen, ports, secrets, env } = stages;
  if (env['DATABASE_URL'])
    return screen.stage(text('stagePostgresGiven'), givenPostgres(env['DATABASE_URL'], url));
  const options = {
    directory: join(launcher.home, 'postgres'),
    port: ports.postgres,
    password: secrets.postgres,
    log: launcher.logOf('postgres'),
  };
  const up = async (): Promise<void> => {
    await keepRunning(() => startPostgres(options), stopOrder.postgres, keeper);
    await ensureDatabase(url);
  };
  return screen.stage(text('stagePostgres', { address: `127.0.0.1:${ports.postgres}` }), up());
}

async function givenPostgres(server: string, url: string): Promise<void> {
  if (!(await waitForPostgres(server))) throw new Error('the Postgres of DATABASE_URL does not answer');
  await ensureDatabase(url);
}

/** Brings up Kafka (or waits for the one given), at `brokers`. */
export async function kafka(stages: Stages, brokers: string): Promise<void> {
  const { launcher, screen } = stages;
  const up = async (): Promise<string> => {
    const choice = await launcher.during(chooseKafka(stages.env, join(launcher.home, 'kafka')));
    if (choice.how === 'docker') return kafkaInDocker(stages, choice.image);
    if (choice.how === 'java') return kafkaOnJava(stages);
    if (!(await waitForKafka(brokers))) throw new Error('the Kafka of KAFKA_BROKERS does not answer');
    return text('stageKafkaGiven', { address: brokers });
  };
  await screen.stage(text('stageKafka'), up(), (shown) => shown);
}

/** Gives how it is called on the screen. Java stands in where the image does not start. */
async function kafkaInDocker(stages: Stages, image: string): Promise<string> {
  const options = kafkaOptions(stages);
  try {
    await keepRunning(() => startKafkaInDocker(image, options), stopOrder.kafka, stages.keeper);
    return text('stageKafkaDocker', { image, address: `127.0.0.1:${options.port}` });
  } catch (error) {
    await removeKafkaContainer(options.directory);
    if (!(error instanceof DidNotStart)) throw error;
    stages.keeper.onFailedStart(error);
    return kafkaOnJava(stages);
  }
}

async function kafkaOnJava(stages: Stages): Promise<string> {
  const options = kafkaOptions(stages);
  await keepRunning(() => startKafkaOnJava(options), stopOrder.kafka, stages.keeper);
  return text('stageKafkaJava', { address: `127.0.0.1:${options.port}` });
}

function kafkaOptions({ launcher, ports }: Stages): KafkaOptions {
  return {
    directory: join(launcher.home, 'kafka'),
    port: ports.kafka,
    controllerPort: ports['kafka-controller'],
    log: launcher.logOf('kafka'),
  };
}
