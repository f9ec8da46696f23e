import { randomUUID } from 'node:crypto';
import { isRefusal, LOGGER, refuse, type Logger, type Refusal } from '#platform';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { findImport, type ImportRecord } from './import-record.ts';
import { takeImport } from './reading-attempt.ts';
import type { ReceivedFile } from './receive-file.ts';
import { runImport } from './run-import.ts';

/** The imports that this process reads just now. */
@Injectable()
export class ImportJobs implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly db: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Starts to read a file, which is removed afterwards. @returns the import, or why it does not take a file now */
  async start(importId: string, file: ReceivedFile): Promise<ImportRecord | Refusal> {
    const attempt = { importId, attemptId: randomUUID() };
    const isTaken = await takeImport(this.db, attempt);
    const record = await findImport(this.db, importId);
    if (isRefusal(record) || !isTaken) {
      await file.remove();
      return isRefusal(record) ? record : notWaiting(record);
    }
    const job = runImport(this.db, record, attempt, file, this.stopping.signal)
      .catch((error: unknown) =>
        this.logger.error({ err: error, import: importId }, 'an import was interrupted'),
      )
      .then(() => file.remove())
      .finally(() => this.running.delete(job));
    this.running.add(job);
    return record;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled(this.running);
  }
}

export function notWaiting({ state }: ImportRecord): Refusal {
  return refuse('import-not-waiting', {
    title: 'The import does not wait for a file',
    status: 409,
    detail: `It is ${state}.`,
  });
}
