import { Pool } from 'undici';
import { z } from 'zod';
import { multipart } from '../../../libs/targets/src/http/multipart.ts';
import { startOpenCmis } from '../../support/servers/opencmis.ts';
import { fill } from './from-nothing.ts';
import type { BenchEntry } from './map.ts';
import { say, timed } from './say.ts';
import type { Stand } from './stand.ts';

const created = z.object({ succinctProperties: z.object({ 'cmis:objectId': z.string() }) });
const placeOf = (target: number): { rootPath: string } => ({ rootPath: `/t${target}` });
/** Of an OpenCMIS in memory. */
const repositoryRoot = '100';
const headers = { authorization: `Basic ${Buffer.from('u:secret').toString('base64')}` };

const [targets, warmUp, concurrency] = [12, 4, 24];

/**
 * A record a call to a real server: folders in OpenCMIS, which takes them one by one, beside undici alone, which makes the same
 * folders with as many calls under way. Each begins with a server that has warmed up and holds as much. Server and client share
 * the machine, as everything here.
 */
export async function oneRecordOfCmis(stand: Stand): Promise<void> {
  const records = targets * stand.entries.length;
  const ratios: number[] = [];
  const alone = (): Promise<number> =>
    onServer(stand, async ({ folders }) => {
      const roots = await makeRoots(folders, 'a', targets);
      return timed(() => fileAll(folders, roots, stand.entries));
    });
  for (let round = 1; round <= 3; round++) {
    const before = await alone();
    const seconds = await onServer(stand, async ({ folders, address }) => {
      await makeRoots(folders, 't', targets);
      const systems = concurrency / 4;
      return (
        await fill(stand, { count: targets, systems, address, driver: 'cmis', settings: {}, place: placeOf })
      ).seconds;
    });
    const bare = (before + (await alone())) / 2;
    say(`folders of OpenCMIS, round ${round}: connector`, records / seconds, 'records/s');
    say(`folders of OpenCMIS, round ${round}: undici alone`, records / bare, 'records/s');
    ratios.push(bare / seconds);
  }
  say('ratio, median', ratios.toSorted((a, b) => a - b)[1] ?? 0, '');
}

interface Server {
  readonly address: string;
  readonly folders: Folders;
}

async function onServer<T>({ entries }: Stand, work: (server: Server) => Promise<T>): Promise<T> {
  const server = await startOpenCmis();
  const folders = openFolders(server.address);
  try {
    await fileAll(folders, await makeRoots(folders, 'warm', warmUp), entries);
    return await work({ address: server.address, folders });
  } finally {
    await folders.close();
    await server.stop();
  }
}

async function makeRoots(folders: Folders, name: string, count: number): Promise<string[]> {
  const roots: string[] = [];
  for (let i = 0; i < count; i++) roots.push(await folders.make(repositoryRoot, `${name}${i}`, []));
  return roots;
}

/** The map below each of some folders; parents are made before what is filed in them. */
async function fileAll(
  folders: Folders,
  roots: readonly string[],
  entries: readonly BenchEntry[],
): Promise<void> {
  const made = roots.map((id) => new Map<string | null, string>([[null, id]]));
  for (let level = 2; level <= 5; level++) {
    const waiting = made.flatMap((ids) =>
      entries.flatMap((entry) => (entry.level === level ? [{ ids, entry }] : [])),
    );
    const worker = async (): Promise<void> => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const { ids, entry } = next;
        const title = `Titolo di ${entry.code}`;
        const properties = {
          'act:ext': entry.id,
          'act:cod': entry.code,
          'act:title': title,
          'act:active': 'true',
        };
        const parent = ids.get(entry.parent) ?? '';
        ids.set(entry.id, await folders.make(parent, `${entry.code} ${title}`, Object.entries(properties)));
      }
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
  }
}

interface Folders {
  /** @returns its id */
  make(parent: string, name: string, properties: readonly (readonly [string, string])[]): Promise<string>;
  close(): Promise<void>;
}

function openFolders(address: string): Folders {
  const { origin, pathname } = new URL(address);
  const pool = new Pool(origin, { connections: concurrency, pipelining: 1 });
  return {
    make: async (parent, name, properties) => {
      const all = [['cmis:objectTypeId', 'act:code'], ['cmis:name', name], ...properties];
      const form = multipart([
        ['_charset_', 'UTF-8'],
        ['succinct', 'true'],
        ['cmisaction', 'createFolder'],
        ...all.flatMap(([id = '', value = ''], i): [string, string][] => [
          [`propertyId[${i}]`, id],
          [`propertyValue[${i}]`, value],
        ]),
      ]);
      const answer = await pool.request({
        method: 'POST',
        path: `${pathname}/root?objectId=${parent}`,
        headers: { ...headers, ...form.headers },
        body: form.body,
      });
      return created.parse(await answer.body.json()).succinctProperties['cmis:objectId'];
    },
    close: () => pool.close(),
  };
}
