import { asKept, say } from '#words';
import { TargetError, type Driver } from '../driver.ts';
import { linkTo } from '../uses/link.ts';
import { noSuchPlace, usePage } from '../uses/use-page.ts';
import { idOf, type Model, type Row, type TrytonUse } from './model.ts';
import type { Office } from './office.ts';
import type { TrytonSettings } from './settings.ts';

/** Counts and lists what uses records: lines of time sheets, parties. */
export function trytonUses(
  office: Office,
  { uses }: Model,
  { useLink }: TrytonSettings,
): Required<Pick<Driver, 'countUses' | 'listUses'>> {
  return {
    async countUses(externalIds, signal) {
      const count = async (externalId: string): Promise<[string, number]> => {
        const id = idOf(externalId);
        return [externalId, id === null ? 0 : await office.countUses(id, signal)];
      };
      return new Map(await Promise.all(externalIds.map(count)));
    },

    async listUses(externalIds, { after, limit }, signal) {
      const last = after === null ? 0 : (idOf(after) ?? noSuchPlace(after));
      const asked = new Set(externalIds.flatMap((id) => idOf(id) ?? []));
      if (asked.size === 0) return { uses: [], next: null };
      const rows = await office.listUses([...asked], last, limit + 1, signal);
      const found = rows.map((row) => {
        const { title, records } = understood(uses, row);
        const externalId = String(records.find((id) => asked.has(id)) ?? '');
        return { id: String(row.id), externalId, title, link: linkTo(useLink, String(row.id)) };
      });
      return usePage(found, limit);
    },
  };
}

function understood(uses: Model['uses'], row: Row): TrytonUse {
  try {
    return uses.read(row);
  } catch {
    throw new TargetError({
      is: 'failing',
      reason: asKept(say`what uses a record cannot be read: ${row.id}`),
    });
  }
}
