import { asKept, say } from '#words';
import { z } from 'zod';
import { TargetError } from '../driver.ts';
import { chunks } from '../writing/in-batches.ts';
import { likeMark } from './key-mark.ts';
import { row, type Domain, type Model, type Row } from './model.ts';
import type { Called, Rpc } from './rpc.ts';
import type { TrytonSettings } from './settings.ts';

const pageSize = 200;
/** Each joins the table of translations where a name is translated; SQLite joins at most 64 tables. */
const keysInOneSearch = 20;
const preferences = z.looseObject({ company: z.int().nullish() });
const access = z.record(
  z.string(),
  z.looseObject({ read: z.coerce.boolean(), write: z.coerce.boolean(), create: z.coerce.boolean() }),
);

/** The requests about records of one model that we need. All reject with TargetError for trouble. */
export interface Office {
  /** In the order of their ids. */
  search(domain: Domain, signal: AbortSignal): AsyncGenerator<Row[]>;
  /** By key, of those keys that are there. */
  byKey(keys: readonly string[], signal: AbortSignal): Promise<Map<string, Row>>;
  byId(ids: readonly number[], signal: AbortSignal): Promise<Map<number, Row>>;
  /** All or none. */
  create(values: readonly object[], signal: AbortSignal): Promise<Called<number[]>>;
  /** All or none; a conflict where one of them is not as it was read. */
  write(changes: readonly (readonly [Row, object])[], signal: AbortSignal): Promise<Called<unknown>>;
  /** All or none. */
  delete(ids: readonly number[], signal: AbortSignal): Promise<Called<unknown>>;
  /** How many things use a record. */
  countUses(id: number, signal: AbortSignal): Promise<number>;
  /** What uses any of these records, by id after another one. */
  listUses(ids: readonly number[], after: number, limit: number, signal: AbortSignal): Promise<Row[]>;
  /** What our user may not do with the model. */
  missingRights(signal: AbortSignal): Promise<string[]>;
}

export function openOffice(rpc: Rpc, model: Model, settings: TrytonSettings): Office {
  let known: { readonly company: number } | null = null;

  /** The company that records belong to, as every client of Tryton says it. */
  const context = async (signal: AbortSignal): Promise<{ readonly company: number }> => {
    if (known) return known;
    const ask = () => rpc.call('model.res.user.get_preferences', [true, {}], preferences, 'reads', signal);
    const company = settings.company ?? result(await ask()).company;
    if (!company)
      throw new TargetError({ is: 'failing', reason: asKept(say`our user has no company in Tryton`) });
    known = { company };
    return known;
  };
  const method = (name: string, of: string = model.name): string => `model.${of}.${name}`;

  const office: Office = {
    async *search(domain, signal) {
      const around = await context(signal);
      for (let last = 0; ;) {
        const condition = [...model.everything, ['id', '>', last], ...domain];
        const params = [condition, 0, pageSize, [['id', 'ASC']], [...model.fields, '_timestamp'], around];
        const rows = result(
          await rpc.call(method('search_read'), params, z.array(model.schema), 'reads', signal),
        );
        if (rows.length > 0) yield rows;
        const next = rows.at(-1)?.id ?? last;
        if (rows.length < pageSize) return;
        if (next <= last)
          throw new TargetError({ is: 'failing', reason: asKept(say`the list of records does not go on`) });
        last = next;
      }
    },

    async byKey(keys, signal) {
      const found = new Map<string, Row>();
      const wanted = new Set(keys);
      for (const some of chunks(keys, keysInOneSearch)) {
        const domain = [['OR', ...some.map((key) => [model.keyField, 'like', likeMark(key)])]];
        for await (const rows of office.search(domain, signal)) {
          for (const one of rows) {
            const { key } = model.read(one);
            if (key !== null && wanted.has(key) && !found.has(key)) found.set(key, one);
          }
        }
      }
      return found;
    },

    async byId(ids, signal) {
      const found = new Map<number, Row>();
      if (ids.length === 0) return found;
      for await (const rows of office.search([['id', 'in', ids]], signal))
        for (const one of rows) found.set(one.id, one);
      return found;
    },

    create: async (values, signal) =>
      rpc.call(
        method('create'),
        [values, await context(signal)],
        z.array(z.int()).length(values.length),
        'writes',
        signal,
      ),

    async write(changes, signal) {
      const stamps = changes.map(([{ id, _timestamp }]) => [`${model.name},${id}`, _timestamp]);
      const around = { ...(await context(signal)), _timestamp: Object.fromEntries(stamps) };
      const pairs = changes.flatMap(([{ id }, values]) => [[id], values]);
      return rpc.call(method('write'), [...pairs, around], z.unknown(), 'writes', signal);
    },

    delete: async (ids, signal) =>
      rpc.call(method('delete'), [ids, await context(signal)], z.unknown(), 'writes', signal),

    async countUses(id, signal) {
      const params = [model.uses.domain([id]), 0, null, await context(signal)];
      return result(
        await rpc.call(method('search_count', model.uses.model), params, z.int(), 'reads', signal),
      );
    },

    async listUses(ids, after, limit, signal) {
      const { uses } = model;
      const domain = [['id', '>', after], ...uses.domain(ids)];
      const params = [domain, 0, limit, [['id', 'ASC']], uses.fields, await context(signal)];
      return result(await rpc.call(method('search_read', uses.model), params, z.array(row), 'reads', signal));
    },

    async missingRights(signal) {
      const params = [[model.name], await context(signal)];
      const rights = result(
        await rpc.call('model.ir.model.access.get_access', params, access, 'reads', signal),
      );
      return (['read', 'write', 'create'] as const).filter((right) => !rights[model.name]?.[right]);
    },
  };
  return office;
}

function result<T>(called: Called<T>): T {
  if (called.is === 'result') return called.value;
  throw new TargetError({ is: 'failing', reason: called.reason });
}
