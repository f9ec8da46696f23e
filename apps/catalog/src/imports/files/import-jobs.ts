import { randomUUID } from 'node:crypto';
import { inTransaction, isRefusal, LOGGER, refuse, type Logger, type Refusal } from '#platform';
import { say } from '#words';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { appendAudit } from '../../audit/append-audit.ts';
import type { PersonId } from '../../audit/person.ts';
import type { CatalogConfig } from '../../config.ts';
import { CONFIG } from '../../config.module.ts';
import { howItStands } from './how-it-stands.ts';
import { findImport, type ImportRecord } from './import-record.ts';
import { takeImport, type Attempt } from './reading-attempt.ts';
import type { ReceivedFile } from './receive-file.ts';
import { runImport } from './run-import.ts';
import { Turns } from './turns.ts';

/** What a file holds is in memory until it is matched. */
const mostAtOnce = 2;

/** The imports that this process reads just now, and those that wait for their turn. */
@Injectable()
export class ImportJobs implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly turns = new Turns(mostAtOnce);
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: CatalogConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Starts to read a file, which is removed afterwards. @returns the import, or why it does not take a file now */
  async start(importId: string, file: ReceivedFile, by: PersonId): Promise<ImportRecord | Refusal> {
    const attempt = { importId, attemptId: randomUUID() };
    const record = await this.take(attempt, file, by).catch(async (error: unknown) => {
      await file.remove();
      throw error;
    });
    if (isRefusal(record)) {
      await file.remove();
      return record;
    }
    const toRead = { record, attempt, file, mostRows: this.config.IMPORT_ROWS };
    const job = runImport(this.db, toRead, this.turns, this.stopping.signal)
      .catch((error: unknown) =>
        this.logger.error({ err: error, import: importId }, 'an import was interrupted'),
      )
      .then(() => file.remove())
      .finally(() => this.running.delete(job));
    this.running.add(job);
    return record;
  }

  private take(attempt: Attempt, file: ReceivedFile, by: PersonId): Promise<ImportRecord | Refusal> {
    const { importId } = attempt;
    return inTransaction(this.db, async (transaction) => {
      const isTaken = await takeImport(transaction, attempt, by);
      const record = await findImport(transaction, importId);
      if (isRefusal(record)) return record;
      if (!isTaken) return notWaiting(record);
      const details = { sha256: file.sha256, bytes: file.bytes };
      await appendAudit(transaction, {
        actor: by,
        action: 'import-file-sent',
        subject: `import/${importId}`,
        details,
      });
      return record;
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled(this.running);
  }
}

export function notWaiting(record: ImportRecord): Refusal {
  return refuse('import-not-waiting', {
    title: say`The import does not wait for a file`,
    status: 409,
    detail: howItStands(record),
  });
}
