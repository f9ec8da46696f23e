import { isRefusal, listen, LOGGER, type Logger, type Refusal } from '#platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CatalogConfig } from '../config.ts';
import { CONFIG } from '../config.module.ts';
import { whenPublished } from '../publication/tell-readers.ts';
import { findRevision, type FoundRevision } from './find-revision.ts';

/** Even while nothing seems to be published, Postgres is asked this often which revision is in force. */
const trustedMs = 5_000;
const keptRevisions = 1_000;

/**
 * Revisions that were asked for. A numbered one never changes. Which one is in force is trusted until something is
 * published: by this process, or by another one as Postgres notifies; while the connection that listens is down,
 * Postgres is asked each time.
 */
@Injectable()
export class RevisionsInMemory implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly numbered = new Map<string, FoundRevision>();
  private readonly inForce = new Map<string, { readonly found: FoundRevision; readonly askedAt: number }>();
  private readonly stopping = new AbortController();
  private readonly told = whenPublished(() => this.forget());
  private isListening = false;
  /** Grows with each publication: what was read before is not what is in force after. */
  private publications = 0;

  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: CatalogConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    void listen(this.config.DATABASE_URL, 'change_log', () => this.forget(), this.stopping.signal, {
      applicationName: 'catalog-reading',
      logger: this.logger,
      onListening: () => this.startTrusting(),
      onLost: () => (this.isListening = false),
    });
  }

  onApplicationShutdown(): void {
    this.told.stop();
    this.stopping.abort();
  }

  /** What is known without asking. @param number the revision in force when left out */
  known(scheme: string, number: number | undefined): FoundRevision | undefined {
    if (number !== undefined) return this.numbered.get(`${scheme}/${number}`);
    const held = this.inForce.get(scheme);
    return held && this.isListening && performance.now() - held.askedAt < trustedMs ? held.found : undefined;
  }

  async find(scheme: string, number: number | undefined): Promise<FoundRevision | Refusal> {
    const [seen, askedAt] = [this.publications, performance.now()];
    const found = await findRevision(this.db.manager, scheme, number);
    if (isRefusal(found)) return found;
    if (number !== undefined) keep(this.numbered, `${scheme}/${number}`, found);
    else if (seen === this.publications) keep(this.inForce, scheme, { found, askedAt });
    return found;
  }

  private startTrusting(): void {
    this.forget();
    this.isListening = true;
  }

  private forget(): void {
    this.publications++;
    this.inForce.clear();
  }
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value);
  if (map.size > keptRevisions) map.delete([...map.keys()][0] ?? '');
}
