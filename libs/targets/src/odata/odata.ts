import { z } from 'zod';
import type { Answer, Connection, Driver, Step } from '../driver.ts';
import type { Reply } from '../http/read-answer.ts';
import { understand } from '../http/understand.ts';
import { chunks, inBatches, type Refused } from '../writing/in-batches.ts';
import { inOrder } from '../writing/in-order.ts';
import { inParallel } from '../writing/in-parallel.ts';
import { probed } from '../writing/probed.ts';
import { judgeDeletion, judgeRefusal } from './judge.ts';
import { probeTable } from './probe.ts';
import { resourceOfId, selected, toStoredRecord } from './record.ts';
import { connections, connectService } from './service.ts';
import { odataSettings } from './settings.ts';
import { settle } from './settle.ts';
import { odataUses } from './uses.ts';

/**
 * OData 4.0 as Dataverse and Dynamics 365 speak it: one table for the map, with an alternate key for our key.
 *
 * - Created is by upsert on the alternate key, so a repeated creation finds the record of the first, however it ended.
 * - Updated is by id with `If-Match: *`, which never creates: where ours was deleted, the service says so (`gone`).
 * - Several records go as one change set, all or none. A refused one is halved until the bad record stands alone, and that
 *   one is sent by itself, because only then the answer is about it.
 *
 * @throws ZodError for settings that are not of `odataSettings`
 */
export function createODataDriver(connection: Connection): Driver {
  const settings = odataSettings.parse(connection.settings);
  const { entitySet, fields, batchSize } = settings;
  const service = connectService(connection, settings);
  const uses = odataUses(service, settings);
  const acknowledged = z.looseObject({ [fields.id]: z.string().min(1) });
  const done = (reply: Reply, step: Step): Answer => ({
    is: 'done',
    externalId: step.externalId ?? String(understand(acknowledged, reply, 'writes')[fields.id]),
  });

  const send = async (steps: readonly Step[], signal: AbortSignal): Promise<Answer[] | Refused> => {
    const [only] = steps;
    if (only && steps.length === 1) {
      const reply = await service.change(only, signal);
      if (reply.ok) return [done(reply, only)];
      return [await settle(only, judgeRefusal(reply), service, settings, signal)];
    }
    const replies = await service.changeAll(steps, signal);
    const refusal = replies.find(({ ok }) => !ok);
    if (refusal) return { refused: judgeRefusal(refusal).reason };
    return steps.map((step, i) => done(replies[i]!, step));
  };

  return {
    capabilities: {
      batchSize,
      maxBatchBytes: settings.maxBatchBytes,
      uniqueCodes: true,
      storesLevel: fields.level !== null,
      storesValidTo: fields.validTo !== null,
      canList: true,
      givesIds: true,
      countsUses: uses !== null,
      deletes: settings.refusesUsed ? 'unless-used' : 'whatever-uses-it',
      longestTitle: settings.longestTitle,
      longestCode: settings.longestCode,
    },

    async write(steps, signal) {
      return inOrder(steps, await inBatches(chunks(steps, batchSize), (batch) => send(batch, signal)));
    },

    async delete(externalIds, signal) {
      const remove = async (id: string): Promise<Answer> =>
        judgeDeletion(id, await service.delete(resourceOfId(id, settings), signal));
      return inOrder(externalIds, await inParallel(externalIds, connections, remove));
    },

    async *list(signal) {
      const pages = service.pages(`${entitySet}?$select=${selected(settings)}`, signal);
      for await (const rows of pages) yield rows.map((row) => toStoredRecord(row, settings));
    },

    ...uses,
    probe: (signal) => probed(() => probeTable(service, settings, signal)),
    close: () => service.close(),
  };
}
