import { asKept, say } from '#words';
import { TargetError, type Answer, type Connection, type Driver } from '../driver.ts';
import { chunks, inBatches } from '../writing/in-batches.ts';
import { inOrder } from '../writing/in-order.ts';
import { inParallel } from '../writing/in-parallel.ts';
import { probed } from '../writing/probed.ts';
import { notSent, troubleOf } from '../writing/trouble.ts';
import { connectHrServer } from './hr-server.ts';
import { operationFor, type Operation } from './operation.ts';
import { toStoredRecord } from './resource.ts';
import { scimSettings } from './settings.ts';

/**
 * An HR system with SCIM 2.0 and a resource type for codes. No request of it is about people.
 *
 * SCIM has no upsert and `externalId` need not be unique, so the keys of all creations of a call are looked up first,
 * whatever `mayExist` says: `code` is unique, but a repeat after a renumbering would carry another one. A creation that
 * is refused all the same is looked up once more: if our record is there by now, it is adopted.
 *
 * @throws ZodError for settings that are not of `scimSettings`
 */
export function createScimDriver(connection: Connection): Driver {
  const settings = scimSettings.parse(connection.settings);
  const server = connectHrServer(connection, settings);

  const send = async (
    operations: readonly Operation[],
    signal: AbortSignal,
  ): Promise<Map<Operation, Answer>> => {
    const { bulkOperations } = await server.abilities(signal);
    if (bulkOperations === 0 || !settings.bulk) {
      return inParallel(operations, settings.concurrency, (operation) => server.single(operation, signal));
    }
    const batches = chunks(operations, Math.min(settings.batchSize, bulkOperations));
    return inBatches(batches, (batch) => server.bulk(batch, signal));
  };

  /** Creations that were refused although a record has their key: made equal instead. */
  const adopt = async (
    refused: readonly Operation[],
    signal: AbortSignal,
  ): Promise<Map<Operation, Answer>> => {
    const answers = new Map<Operation, Answer>();
    try {
      const there = await server.findByKey(
        refused.map(({ step }) => step.key),
        signal,
      );
      const adoptions = new Map(
        refused.flatMap((operation) => {
          const id = there.get(operation.step.key);
          return id === undefined ? [] : [[operationFor(operation.step, id, settings), operation] as const];
        }),
      );
      for (const [adoption, answer] of await send([...adoptions.keys()], signal)) {
        const operation = adoptions.get(adoption);
        if (operation) answers.set(operation, answer);
      }
    } catch (error) {
      const trouble = troubleOf(error);
      for (const operation of refused) answers.set(operation, notSent(trouble));
    }
    return answers;
  };

  return {
    capabilities: {
      batchSize: settings.batchSize,
      maxBatchBytes: settings.maxBatchBytes,
      uniqueCodes: true,
      storesLevel: true,
      storesValidTo: true,
      canList: true,
      givesIds: true,
      countsUses: false,
      deletes: settings.refusesUsed ? 'unless-used' : 'whatever-uses-it',
      longestTitle: settings.longestTitle,
      longestCode: settings.longestCode,
    },

    async write(steps, signal) {
      try {
        const { filter } = await server.abilities(signal);
        const keys = steps.filter(({ externalId }) => externalId === null).map(({ key }) => key);
        if (keys.length > 0 && !filter) throw new TargetError(cannotSearch);
        const there = await server.findByKey(keys, signal);
        const operations = steps.map((step) =>
          operationFor(step, step.externalId ?? there.get(step.key) ?? null, settings),
        );
        const answers = await send(operations, signal);
        const refused = operations.filter(
          (operation) => operation.method === 'POST' && answers.get(operation)?.is === 'rejected',
        );
        const adopted = refused.length > 0 ? await adopt(refused, signal) : new Map<Operation, Answer>();
        return operations.map((operation) => answerOf(operation, adopted, answers));
      } catch (error) {
        const trouble = troubleOf(error);
        return steps.map(() => notSent(trouble));
      }
    },

    async delete(externalIds, signal) {
      const { concurrency } = settings;
      return inOrder(
        externalIds,
        await inParallel(externalIds, concurrency, (id) => server.delete(id, signal)),
      );
    },

    async *list(signal) {
      for await (const page of server.search(null, signal)) yield page.map(toStoredRecord);
    },

    probe: (signal) =>
      probed(async () => {
        if (!(await server.abilities(signal)).filter) return cannotSearch;
        for await (const _ of server.search('externalId eq ""', signal)) break;
        return null;
      }),

    close: () => server.close(),
  };
}

const cannotSearch = {
  is: 'rejected',
  reason: asKept(
    say`the server cannot search by externalId, so a repeat could not be told from a new record`,
  ),
} as const;

function answerOf(operation: Operation, ...sources: readonly ReadonlyMap<Operation, Answer>[]): Answer {
  const answer = sources.map((source) => source.get(operation)).find((found) => found !== undefined);
  if (!answer) throw new Error(`the driver forgot the step of ${operation.step.key}`);
  return answer;
}
