import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startKafkaOnJava } from '../../deploy/local/kafka/start-kafka-java.ts';
import { adminUrl, startPostgres } from '../../deploy/local/postgres/start-postgres.ts';
import { freePort } from '../../deploy/local/processes/free-port.ts';
import { createGuard } from '../../deploy/local/processes/guard.ts';
import { lastLines } from '../../deploy/local/processes/run-command.ts';
import type { Started } from '../../deploy/local/processes/started.ts';
import { stopProcess } from '../../deploy/local/processes/stop-process.ts';
import { temporaryDirectory } from '../../deploy/local/state/temporary-directory.ts';
import type { Stack } from './stack.ts';

/** Postgres and Kafka by the launcher's code, on free ports, in a temporary folder that goes with them. */
export async function stackOfProcesses(): Promise<Stack> {
  const directory = temporaryDirectory('test');
  const guard = createGuard();
  const stop = async (): Promise<void> => {
    await Promise.all(guard.list().map(stopProcess));
    guard.close();
    rmSync(directory, { recursive: true, force: true });
  };
  const up = async (starting: Promise<Started>): Promise<void> => {
    const started = await starting;
    guard.add(started.name, started.child.pid, { ...started.stopBy, order: 0 });
    if (!(await started.ready()))
      throw new Error(`${started.name} did not start:\n${lastLines(started.log)}`);
  };
  const password = randomBytes(12).toString('hex');
  const [postgresPort, port, controllerPort] = [await freePort(), await freePort(), await freePort()];
  const log = (name: string): string => join(directory, `${name}.log`);
  try {
    await Promise.all([
      up(
        startPostgres({
          directory: join(directory, 'postgres'),
          port: postgresPort,
          password,
          log: log('postgres'),
          durable: false,
        }),
      ),
      up(startKafkaOnJava({ directory: join(directory, 'kafka'), port, controllerPort, log: log('kafka') })),
    ]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    postgresAdminUrl: adminUrl({ port: postgresPort, password }),
    kafkaBrokers: `127.0.0.1:${port}`,
    description:
      'PostgreSQL 18 and Apache Kafka 4.3.1 as processes of this machine (no Docker engine with the images)',
    stop,
  };
}
