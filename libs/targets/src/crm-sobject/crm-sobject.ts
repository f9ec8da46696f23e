import type { Answer, Connection, Driver, Step } from '../driver.ts';
import { createHttpClient, type Ask } from '../http/http-client.ts';
import { understand } from '../http/understand.ts';
import { chunks, inBatches, type Refused } from '../writing/in-batches.ts';
import { inOrder } from '../writing/in-order.ts';
import { probed } from '../writing/probed.ts';
import { judgeRefusal, judgeResult, saveResultsOf, type Judged } from './judge.ts';
import { probeObject } from './probe.ts';
import { query } from './query.ts';
import { renderRecord, soqlText } from './render.ts';
import { openSession } from '../http/oauth-session.ts';
import { crmSettings } from './settings.ts';
import { shortId } from './short-id.ts';
import { toStoredRecord } from './stored-record.ts';
import { crmUses } from './uses.ts';
import { notSent, troubleOf } from '../writing/trouble.ts';

/**
 * Salesforce, and what speaks its REST API: sObject Collections with partial success.
 *
 * - Created is by upsert on our key, so a repeated creation finds the record of the first, however it ended.
 * - Updated is by Id, not by the key: an upsert would silently make a new record, without its children, where ours was
 *   deleted. By Id the CRM says so (`gone`), and whoever plans decides to create it again.
 *
 * @throws ZodError for settings that are not of `crmSettings`
 */
export function createCrmDriver(connection: Connection): Driver {
  const settings = crmSettings.parse(connection.settings);
  const { apiVersion, object, fields, batchSize } = settings;
  const http = createHttpClient(connection, { connections: 2, accept: 'application/json' });
  const path = '/services/oauth2/token';
  const session = openSession(http, connection, { http, path, name: path, scope: null });
  const uses = crmUses(session, settings);
  const collections = `/services/data/${apiVersion}/composite/sobjects`;

  const judge = async (
    request: Pick<Ask, 'method' | 'path' | 'headers' | 'body'>,
    records: number,
    keyField: string | null,
    signal: AbortSignal,
  ): Promise<Judged[] | Refused> => {
    const reply = await session.ask({ ...request, effect: 'writes' }, signal);
    if (!reply.ok) return judgeRefusal(reply);
    return understand(saveResultsOf(records), reply, 'writes').map((result) => judgeResult(result, keyField));
  };

  const save = (steps: readonly Step[], path: string, signal: AbortSignal): Promise<Judged[] | Refused> => {
    const isUpdate = path === collections;
    const body = JSON.stringify({
      allOrNone: false,
      records: steps.map((step) => renderRecord(step, settings)),
    });
    const headers = { 'content-type': 'application/json' };
    const keyField = isUpdate ? null : fields.key;
    return judge({ method: 'PATCH', path, headers, body }, steps.length, keyField, signal);
  };

  /** Which of these records are still there. */
  const alive = async (ids: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>> => {
    const found = new Set<string>();
    const soql = `SELECT Id FROM ${object} WHERE Id IN (${ids.map(soqlText).join(', ')})`;
    for await (const rows of query(session, apiVersion, soql, signal)) {
      for (const row of rows) found.add(shortId(String(row['Id'])));
    }
    return found;
  };

  /** The CRM uses the same words for a record and for a parent that is not there: ask which of the two it is. */
  const settle = async (
    ids: readonly string[],
    judged: readonly Judged[],
    signal: AbortSignal,
  ): Promise<Answer[]> => {
    const doubtful = ids.filter((_, i) => judged[i]?.is === 'maybe-gone');
    const found = doubtful.length > 0 ? await alive(doubtful, signal).catch(troubleOf) : new Set<string>();
    return judged.map((one, i): Answer => {
      if (one.is !== 'maybe-gone') return one;
      if ('is' in found) return notSent(found);
      return { is: found.has(shortId(ids[i] ?? '')) ? 'rejected' : 'gone', reason: one.reason };
    });
  };

  return {
    capabilities: {
      batchSize,
      maxBatchBytes: settings.maxBatchBytes,
      uniqueCodes: true,
      storesLevel: true,
      storesValidTo: true,
      canList: true,
      givesIds: true,
      countsUses: uses !== null,
      deletes: settings.refusesUsed ? 'unless-used' : 'whatever-uses-it',
      longestTitle: settings.longestTitle,
      longestCode: settings.longestCode,
    },

    async write(steps, signal) {
      const creations = chunks(
        steps.filter(({ externalId }) => externalId === null),
        batchSize,
      );
      const updates = chunks(
        steps.filter(({ externalId }) => externalId !== null),
        batchSize,
      );
      const answers = await inBatches([...creations, ...updates], async (batch) => {
        const path = batch[0]?.externalId === null ? `${collections}/${object}/${fields.key}` : collections;
        const judged = await save(batch, path, signal);
        if ('refused' in judged) return judged;
        const ids = batch.map(({ externalId }) => externalId ?? '');
        return settle(ids, judged, signal);
      });
      return inOrder(steps, answers);
    },

    async delete(externalIds, signal) {
      const answers = await inBatches(chunks(externalIds, batchSize), async (ids) => {
        const path = `${collections}?ids=${ids.map(encodeURIComponent).join(',')}&allOrNone=false`;
        const judged = await judge({ method: 'DELETE', path }, ids.length, null, signal);
        if ('refused' in judged) return judged;
        const settled = await settle(ids, judged, signal);
        return settled.map((answer, i) =>
          answer.is === 'gone' ? { is: 'done', externalId: ids[i] ?? '' } : answer,
        );
      });
      return inOrder(externalIds, answers);
    },

    async *list(signal) {
      const soql = `SELECT ${['Id', ...Object.values(fields)].join(', ')} FROM ${object} ORDER BY Id`;
      for await (const rows of query(session, apiVersion, soql, signal))
        yield rows.map((row) => toStoredRecord(row, settings));
    },

    ...uses,
    probe: (signal) => probed(() => probeObject(session, settings, signal)),
    close: () => http.close(),
  };
}
