import { z } from 'zod';
import {
  needlessRepeats,
  violationsOf,
  writtenTo,
  type Disturbance,
  type HeldRecord,
  type MapEntry,
} from './check.ts';
import { chaosTargets, type ChaosTarget } from './targets.ts';

const recordsSchema = z.array(
  z.object({
    id: z.string(),
    key: z.string().nullable(),
    code: z.string().nullable(),
    title: z.string().nullable(),
    parentId: z.string().nullable(),
    active: z.boolean().nullable(),
  }),
);
const journalSchema = z.array(
  z.object({ at: z.number(), record: z.string(), key: z.string().nullable(), what: z.string() }),
);

/** A turn of the connector in these runs is not longer. */
const turnMs = 8_000;

/** Reads every target from its server, and says what is not as the map is; each violation with its target. */
export async function violationsAt(
  sandbox: string,
  roots: ReadonlyMap<string, string>,
  map: readonly MapEntry[],
  disturbances: readonly Disturbance[],
): Promise<string[]> {
  const read = async <T>(schema: z.ZodType<T>, path: string): Promise<T> =>
    schema.parse(await (await fetch(`${sandbox}/control/${path}`)).json());
  const violations: string[] = [];
  for (const target of chaosTargets) {
    const root = target.root === null ? null : (roots.get(target.root) ?? '?');
    const records = below(root, await read(recordsSchema, `${target.server}/records`));
    const journal = writtenTo(records, await read(journalSchema, `${target.server}/journal`));
    const reached = disturbances.filter(({ server }) => server === null || server === target.server);
    const found = [...violationsOf(map, records, root), ...needlessRepeats(journal, reached, turnMs)];
    violations.push(...found.map(at(target)));
  }
  return violations;
}

const at =
  ({ id }: ChaosTarget) =>
  (violation: string): string =>
    `${id}: ${violation}`;

/** Records below a folder; all of them where there is none. */
function below(root: string | null, records: HeldRecord[]): HeldRecord[] {
  if (root === null) return records;
  const byId = new Map(records.map((record) => [record.id, record]));
  const topOf = ({ parentId }: HeldRecord): string | null => {
    const parent = byId.get(parentId ?? '');
    return parent ? topOf(parent) : parentId;
  };
  return records.filter((record) => topOf(record) === root);
}
