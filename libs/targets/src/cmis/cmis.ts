import { asKept, say } from '#words';
import { TargetError, type Connection, type Driver, type Step } from '../driver.ts';
import { chunks } from '../writing/in-batches.ts';
import { inOrder } from '../writing/in-order.ts';
import { inParallel } from '../writing/in-parallel.ts';
import { probed } from '../writing/probed.ts';
import { notSent, troubleOf } from '../writing/trouble.ts';
import { deleteFolder } from './delete-folder.ts';
import { toStoredRecord, type Folder } from './folder.ts';
import { KnownFolders } from './known-folders.ts';
import { probeRepository } from './probe.ts';
import { cmisText, connectRepository, isRefusal, type Refusal, type Repository } from './repository.ts';
import { cmisSettings } from './settings.ts';
import { writeStep } from './write-step.ts';

const keysInOneQuery = 50;
const pageSize = 200;

/**
 * A records system with CMIS 1.1, browser binding: one folder for each entry, nested as the map is, below a root folder.
 *
 * A property cannot be unique in CMIS, so a repeated creation is caught twice: the keys of all creations of a call are
 * looked up first (one query, because it costs less than a twin; where the tree was empty when this driver began to fill it,
 * among those that it made, and only those that `mayExist` in the tree), and where a search index lags behind, the name, which is the same on a repeat, is
 * refused among its siblings and the sibling with our key adopted.
 *
 * Codes may repeat here, but sibling names may not, and a name begins with the code: so `uniqueCodes`.
 *
 * @throws ZodError for settings that are not of `cmisSettings`
 */
export function createCmisDriver(connection: Connection): Driver {
  const settings = cmisSettings.parse(connection.settings);
  const connected = connectRepository(connection, settings.concurrency);
  const { type, properties, rootPath } = settings;
  const known = new KnownFolders();

  const findRoot = async (repository: Repository): Promise<Folder> => {
    const root = await repository.byPath(rootPath);
    if (!isRefusal(root)) return root;
    throw new TargetError({ is: 'failing', reason: asKept(say`the folder ${rootPath}: ${root.reason}`) });
  };

  const hasNothing = async (repository: Repository, root: Folder): Promise<boolean> => {
    const statement = `SELECT * FROM ${type} WHERE IN_TREE(${cmisText(root.id)})`;
    for await (const page of repository.query(statement, 1)) return page.length === 0;
    return true;
  };

  /** Ids of folders that are there under the keys of creations. */
  const findByKey = async (
    repository: Repository,
    root: Folder,
    steps: readonly Step[],
  ): Promise<Map<string, string>> => {
    const creations = steps.filter(({ externalId }) => externalId === null);
    if (creations.length === 0) return new Map();
    const made = await known.madeSinceEmpty(() => hasNothing(repository, root));
    const madeBefore = creations.flatMap(({ key }) => {
      const id = made?.get(key);
      return id === undefined ? [] : [[key, id] as const];
    });
    const found = new Map(madeBefore);
    const sought = creations.filter(({ mayExist, key }) => (mayExist || !made) && !found.has(key));
    for (const some of chunks(sought, keysInOneQuery)) {
      const list = some.map(({ key }) => cmisText(key)).join(', ');
      const statement = `SELECT * FROM ${type} WHERE ${properties.key} IN (${list}) AND IN_TREE(${cmisText(root.id)})`;
      for await (const page of repository.query(statement, pageSize)) {
        for (const folder of page) {
          const key = String(folder.properties[properties.key]);
          if (!found.has(key)) found.set(key, folder.id);
        }
      }
    }
    return found;
  };

  return {
    capabilities: {
      batchSize: settings.batchSize,
      uniqueCodes: true,
      onlyNamesAreUnique: true,
      storesLevel: false,
      storesValidTo: true,
      canList: true,
      givesIds: true,
      countsUses: false,
      deletes: 'unless-used',
      longestTitle: settings.longestTitle,
      longestCode: settings.longestCode,
    },

    async write(steps, signal) {
      const repository = connected.open(signal);
      try {
        const root = await findRoot(repository);
        const byKey = await findByKey(repository, root, steps);
        const parents = new Map<string | null, Promise<Folder | Refusal>>([[null, Promise.resolve(root)]]);
        const parent = (id: string | null): Promise<Folder | Refusal> => {
          const read = parents.get(id) ?? repository.byId(id ?? root.id);
          parents.set(id, read);
          return read;
        };
        const around = { repository, settings, root, byKey, parent, known };
        return inOrder(
          steps,
          await inParallel(steps, settings.concurrency, (step) => writeStep(step, around)),
        );
      } catch (error) {
        const trouble = troubleOf(error);
        return steps.map(() => notSent(trouble));
      }
    },

    async delete(externalIds, signal) {
      const repository = connected.open(signal);
      try {
        const around = { repository, settings, root: await findRoot(repository) };
        const { concurrency } = settings;
        return inOrder(
          externalIds,
          await inParallel(externalIds, concurrency, (id) => deleteFolder(id, around)),
        );
      } catch (error) {
        const trouble = troubleOf(error);
        return externalIds.map(() => notSent(trouble));
      }
    },

    async *list(signal) {
      const repository = connected.open(signal);
      const root = await findRoot(repository);
      const statement = `SELECT * FROM ${type} WHERE IN_TREE(${cmisText(root.id)}) ORDER BY cmis:objectId`;
      for await (const page of repository.query(statement, pageSize)) {
        yield page.map((folder) => toStoredRecord(folder, root.id, settings));
      }
    },

    probe: (signal) => probed(() => probeRepository(connected.open(signal), settings)),
    close: () => {
      known.forget();
      return connected.close();
    },
  };
}
