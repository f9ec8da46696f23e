import { stackInContainers } from './stack-in-containers.ts';
import { stackOfProcesses } from './stack-of-processes.ts';

/** A real Postgres and a real Kafka for tests. */
export interface Stack {
  readonly postgresAdminUrl: string;
  readonly kafkaBrokers: string;
  /** Says what it is, for the report. */
  readonly description: string;
  stop(): Promise<void>;
}

/** Containers where a Docker engine has or can get the images, else the processes that `npm start` uses; says which. */
export async function startStack(): Promise<Stack> {
  const inContainers = await stackInContainers().catch((error: unknown) => {
    console.warn('The containers did not start; using processes instead.', error);
    return undefined;
  });
  const stack = inContainers ?? (await stackOfProcesses());
  console.log(`Tests use ${stack.description}`);
  return stack;
}
