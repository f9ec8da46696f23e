import { PostgreSqlContainer } from '@testcontainers/postgresql';
import { GenericContainer, Wait } from 'testcontainers';
import { engineAnswers, hasImage } from '../../deploy/local/docker/engine.ts';
import { imagesFrom } from '../../deploy/local/docker/images.ts';
import { containerEnvironment, containerPorts } from '../../deploy/local/kafka/container-environment.ts';
import { waitForKafka } from '../../deploy/local/kafka/wait-for-kafka.ts';
import { freePort } from '../../deploy/local/processes/free-port.ts';
import type { Stack } from './stack.ts';

/** Postgres and Kafka by testcontainers; undefined when no engine answers or it cannot get an image. */
export async function stackInContainers(): Promise<Stack | undefined> {
  if (!(await engineAnswers())) return undefined;
  const images = imagesFrom(process.env);
  if (!(await hasImage(images.postgres)) || !(await hasImage(images.kafka))) return undefined;
  const port = await freePort();
  const [postgres, kafka] = await Promise.all([
    new PostgreSqlContainer(images.postgres).start(),
    new GenericContainer(images.kafka)
      .withEnvironment(containerEnvironment(port, 'bWFwcGEtdGVzdC1jbHVzdA'))
      .withExposedPorts({ container: containerPorts.clients, host: port })
      .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
      .start(),
  ]);
  const stop = async (): Promise<void> => {
    await Promise.all([postgres.stop(), kafka.stop()]);
  };
  if (!(await waitForKafka(`127.0.0.1:${port}`))) {
    await stop();
    throw new Error(`the Kafka of ${images.kafka} does not answer on 127.0.0.1:${port}`);
  }
  return {
    postgresAdminUrl: postgres.getConnectionUri(),
    kafkaBrokers: `127.0.0.1:${port}`,
    description: `containers of ${images.postgres} and ${images.kafka} (testcontainers)`,
    stop,
  };
}
