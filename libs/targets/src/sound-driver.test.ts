import { expect, test } from 'vitest';
import type { Answer, Driver, StoredRecord } from './driver.ts';
import { soundDriver } from './sound-driver.ts';

const { signal } = new AbortController();
const content = { code: 'A1', title: 'a', level: 1, parent: null, active: true, validTo: null };
const record: StoredRecord = { externalId: 'r1', key: null, content };

function sound(answers: Answer[], records: StoredRecord[] = []): Driver {
  return soundDriver({
    capabilities: {
      batchSize: 1,
      uniqueCodes: true,
      storesLevel: true,
      storesValidTo: true,
      canList: true,
      givesIds: true,
      countsUses: false,
      deletes: 'no',
      longestTitle: 9,
      longestCode: 9,
    },
    write: async () => answers,
    async *list() {
      yield records;
    },
    probe: async () => null,
    close: async () => undefined,
  });
}

async function allOf(driver: Driver): Promise<StoredRecord[]> {
  const records: StoredRecord[] = [];
  for await (const page of driver.list(signal)) records.push(...page);
  return records;
}

test.each(['r\0', 'r\n1', '\u0085', 'r\ud83d'])(
  'a write that is answered with the id %j is unknown',
  async (id) => {
    const said = await sound([
      { is: 'done', externalId: id },
      { is: 'done', externalId: 'funzione/è 1😀' },
    ]).write([], signal);
    expect(said.map(({ is }) => is)).toEqual(['unknown', 'done']);
  },
);

test('what people typed is shown with U+FFFD where it cannot be kept; other texts stay as they are', async () => {
  const odd = { code: 'X\0', title: 'due\nrighe \udc00', validTo: 'mai\0' };
  expect(await allOf(sound([], [record, { ...record, content: { ...content, ...odd } }]))).toEqual([
    record,
    { ...record, content: { ...content, code: 'X\ufffd', title: 'due\nrighe \ufffd', validTo: 'mai\ufffd' } },
  ]);
});

test('a list with an id that cannot be kept cannot be read', async () => {
  const driver = sound([], [{ ...record, externalId: 'r\0' }]);
  await expect(allOf(driver)).rejects.toThrow('not what the protocol says');
});

test('what uses a record is shown as it can be kept; an id that cannot is not what the protocol says', async () => {
  const use = { id: 'u1', externalId: 'r1', title: 'caso \0 \ud83d', link: null };
  const using = (uses: readonly (typeof use)[], next: string | null = null): Promise<unknown> => {
    const driver = Object.assign(sound([]), { listUses: async () => ({ uses, next }) });
    return Promise.resolve(soundDriver(driver).listUses?.(['r1'], { after: null, limit: 9 }, signal));
  };
  expect(await using([use])).toEqual({ uses: [{ ...use, title: 'caso \ufffd \ufffd' }], next: null });
  await expect(using([{ ...use, id: 'u\0' }])).rejects.toThrow('not what the protocol says');
  await expect(using([], 'u\ud83d')).rejects.toThrow('not what the protocol says');
  expect('listUses' in sound([])).toBe(false);
});
