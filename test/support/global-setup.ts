import type { TestProject } from 'vitest/node';
import { startStack } from './stack.ts';

/** What the tests get by `inject`. */
declare module 'vitest' {
  interface ProvidedContext {
    /** Administrator of a real Postgres 18 that is empty at first. */
    postgresAdminUrl: string;
    /** A real Kafka, `host:port,…`. */
    kafkaBrokers: string;
  }
}

/** Starts Postgres and Kafka once for all test files of the project, and stops them after the last. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stack = await startStack();
  project.provide('postgresAdminUrl', stack.postgresAdminUrl);
  project.provide('kafkaBrokers', stack.kafkaBrokers);
  return () => stack.stop();
}
