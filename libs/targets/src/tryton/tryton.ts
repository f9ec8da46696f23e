import { isDeepStrictEqual } from 'node:util';
import { asKept, say } from '#words';
import type { Answer, Connection, Driver, Step } from '../driver.ts';
import { createHttpClient } from '../http/http-client.ts';
import { chunks, inBatches, type Refused } from '../writing/in-batches.ts';
import { inOrder } from '../writing/in-order.ts';
import { probed } from '../writing/probed.ts';
import { notSent, troubleOf } from '../writing/trouble.ts';
import { idOf, type Model, type Row } from './model.ts';
import { openOffice } from './office.ts';
import { partyCategory } from './party-category.ts';
import { projectWork } from './project-work.ts';
import { openRpc } from './rpc.ts';
import { trytonSettings } from './settings.ts';
import { trytonUses } from './uses.ts';

const models: Readonly<Record<Model['name'], Model>> = {
  'project.work': projectWork,
  'party.category': partyCategory,
};

/** A step with its record as it was read; null for one to be created. */
interface Task {
  readonly step: Step;
  readonly held: Row | null;
}

/**
 * Tryton by its JSON-RPC: works of time sheets, or categories of parties.
 *
 * Neither has a place for an id of ours or an upsert, so the key stands in a text of the record, in the very request that creates
 * it, and the keys of all creations of a call are looked up first. Each request is one transaction: a batch with a bad record is
 * refused as a whole, and halved. An update says as of when it read the record; where somebody wrote meanwhile it is decided anew, once.
 *
 * @throws ZodError for settings that are not of `trytonSettings`
 */
export function createTrytonDriver(connection: Connection): Driver {
  const settings = trytonSettings.parse(connection.settings);
  const model = models[settings.model];
  const http = createHttpClient(connection, {
    connections: settings.concurrency,
    accept: 'application/json',
  });
  const office = openOffice(openRpc(http, settings.rpcPath, connection), model, settings);

  const create = async (tasks: readonly Task[], signal: AbortSignal): Promise<Answer[] | Refused> => {
    const called = await office.create(
      tasks.map(({ step }) => model.values(step, null)),
      signal,
    );
    if (called.is !== 'result') return { refused: called.reason };
    return called.value.map((id) => ({ is: 'done', externalId: String(id) }));
  };

  const update = async (
    tasks: readonly Task[],
    signal: AbortSignal,
    isSecond = false,
  ): Promise<Answer[] | Refused> => {
    const changes = tasks.flatMap(({ step, held }) => {
      const values = held ? differences(held, model.values(step, held)) : {};
      return held && Object.keys(values).length > 0 ? [[held, values] as const] : [];
    });
    const called = changes.length > 0 ? await office.write(changes, signal) : null;
    if (called?.is === 'refused') return { refused: called.reason };
    if (called?.is !== 'conflict')
      return tasks.map(({ held }) => ({ is: 'done', externalId: String(held?.id) }));
    if (isSecond) return tasks.map(() => ({ is: 'failing', reason: called.reason }));
    const rows = await office.byId(
      tasks.flatMap(({ held }) => held?.id ?? []),
      signal,
    );
    return update(
      tasks.map(({ step, held }) => ({ step, held: rows.get(held?.id ?? 0) ?? held })),
      signal,
      true,
    );
  };

  const remove = async (externalIds: readonly string[], signal: AbortSignal): Promise<Answer[] | Refused> => {
    const called = await office.delete(
      externalIds.flatMap((id) => idOf(id) ?? []),
      signal,
    );
    if (called.is !== 'result') return { refused: called.reason };
    return externalIds.map((externalId) => ({ is: 'done', externalId }));
  };

  const readTasks = async (
    steps: readonly Step[],
    signal: AbortSignal,
  ): Promise<Map<Step, Task | Answer>> => {
    const keys = steps.flatMap(({ key, externalId }) => (externalId === null ? [key] : []));
    const ids = steps.flatMap(({ externalId }) => (externalId === null ? [] : (idOf(externalId) ?? [])));
    const byKey = await office.byKey(keys, signal);
    const byId = await office.byId(ids, signal);
    return new Map(
      steps.map((step) => {
        const { key, externalId, content } = step;
        const held = externalId === null ? byKey.get(key) : byId.get(idOf(externalId) ?? 0);
        if (externalId !== null && !held) return [step, gone(externalId)];
        const isNowhere = content.parent !== null && idOf(content.parent) === null;
        return [step, isNowhere ? noParent(content.parent) : { step, held: held ?? null }];
      }),
    );
  };

  return {
    capabilities: {
      batchSize: settings.batchSize,
      maxBatchBytes: settings.maxBatchBytes,
      uniqueCodes: model.uniqueCodes,
      storesLevel: false,
      storesValidTo: model.storesValidTo,
      canList: true,
      givesIds: true,
      countsUses: true,
      deletes: model.deletes,
      longestTitle: settings.longestTitle,
      longestCode: settings.longestCode,
    },

    async write(steps, signal) {
      try {
        const read = await readTasks(steps, signal);
        const tasks = [...read.values()].filter((one) => 'step' in one);
        const fresh = tasks.filter(({ held }) => held === null);
        const known = tasks.filter(({ held }) => held !== null);
        const batches = [fresh, known].flatMap((some) => chunks(some, settings.batchSize));
        const sent = await inBatches(batches, (batch) =>
          batch[0]?.held === null ? create(batch, signal) : update(batch, signal),
        );
        const answers = new Map(
          [...read].flatMap(([step, one]) => ('is' in one ? [[step, one] as const] : [])),
        );
        for (const [{ step }, answer] of sent) answers.set(step, answer);
        return inOrder(steps, answers);
      } catch (error) {
        const trouble = troubleOf(error);
        return steps.map(() => notSent(trouble));
      }
    },

    async delete(externalIds, signal) {
      try {
        const known = await office.byId(
          externalIds.flatMap((id) => idOf(id) ?? []),
          signal,
        );
        const isThere = (externalId: string): boolean => known.has(idOf(externalId) ?? 0);
        const sent = await inBatches(chunks(externalIds.filter(isThere), settings.batchSize), (batch) =>
          remove(batch, signal),
        );
        const gone = externalIds.filter((id) => !isThere(id));
        return inOrder(externalIds, new Map([...gone.map(deleted), ...sent]));
      } catch (error) {
        const trouble = troubleOf(error);
        return externalIds.map(() => notSent(trouble));
      }
    },

    async *list(signal) {
      for await (const rows of office.search([], signal)) yield rows.map((one) => model.read(one));
    },

    ...trytonUses(office, model, settings),

    probe: (signal) =>
      probed(async () => {
        const missing = await office.missingRights(signal);
        if (missing.length > 0)
          return {
            is: 'rejected',
            reason: asKept(say`our user may not ${missing.join(', ')} ${model.name}`),
          };
        for await (const _ of office.search([['id', '=', 0]], signal)) break;
        return null;
      }),

    close: () => http.close(),
  };
}

const gone = (externalId: string): Answer => ({
  is: 'gone',
  reason: asKept(say`Tryton has no record ${externalId}`),
});
const deleted = (externalId: string): [string, Answer] => [externalId, { is: 'done', externalId }];
const noParent = (parent: string | null): Answer => ({
  is: 'rejected',
  reason: asKept(say`${parent ?? ''} is no id of Tryton, so it cannot be the parent`),
});

/** What has to be written to make a record equal. */
function differences(held: Row, wanted: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isEqual = (field: string, value: unknown): boolean => {
    const there = held[field] ?? null;
    return isDeepStrictEqual(typeof value === 'boolean' ? Boolean(there) : there, value);
  };
  return Object.fromEntries(Object.entries(wanted).filter(([field, value]) => !isEqual(field, value)));
}
