import type { DataSource } from 'typeorm';
import type { ChangeEvent, InForceEvent } from '#contracts';
import type { Logger } from '#platform';
import { inWords } from '#words';
import { advance, type AppliedRevision } from '../replica/advance.ts';
import { wake } from '../delivery/wake.ts';
import { receiveChanges, receiveRevisions } from './receive.ts';

/** Takes events in, wherever they come from: the topics, or the catalog's API. Idempotent, in any order. */
export class Intake {
  constructor(
    private readonly dataSource: DataSource,
    private readonly logger: Logger,
    private readonly onApplied: (revision: AppliedRevision) => void = () => undefined,
  ) {}

  /** @param epoch of the catalog's change log; null when read from its API */
  async takeChanges(events: readonly ChangeEvent[], epoch: string | null): Promise<void> {
    await receiveChanges(this.dataSource, events, epoch);
    await this.advanceAll(events);
  }

  /** @param brokerTimes when each event came to the broker; none when read from the API */
  async takeRevisions(
    events: readonly InForceEvent[],
    epoch: string | null,
    brokerTimes: readonly Date[] = [],
  ): Promise<void> {
    await receiveRevisions(this.dataSource, events, epoch, brokerTimes);
    await this.advanceAll(events);
  }

  /** Applies what is complete, and wakes the delivery when something was. */
  async advance(scheme: string): Promise<void> {
    const { applied, stoppedBy } = await advance(this.dataSource, scheme);
    for (const revision of applied) {
      this.logger.info({ scheme, revision: revision.number }, 'the replica holds a new revision');
      this.onApplied(revision);
    }
    if (stoppedBy) {
      const reason = stoppedBy.detail && inWords(stoppedBy.detail, 'en');
      this.logger.error({ scheme, reason }, inWords(stoppedBy.title, 'en'));
    }
    if (applied.length > 0) await wake(this.dataSource);
  }

  private async advanceAll(events: readonly { readonly scheme: string }[]): Promise<void> {
    for (const scheme of new Set(events.map((event) => event.scheme))) await this.advance(scheme);
  }
}
