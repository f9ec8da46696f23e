import { z } from 'zod';
import { keyIn, markOf } from './key-mark.ts';
import { idOf, row, type Model } from './model.ts';
import { escapeCode, escapeName, readName } from './name.ts';

const held = row.extend({
  name: z.string(),
  parent: z.int().nullish(),
  // SQLite answers 0 and 1.
  active: z.union([z.boolean(), z.literal([0, 1])]).transform(Boolean),
});

const parts = /^(?:(?<code>\S+) )?(?<title>.*?)(?: \[mappa:[^\]\s]+\])?$/s;

/**
 * The CRM-like case: categories of parties, which have a name, a parent and `active`, and nothing else. So the name is
 * `A1.1 Pianificazione [mappa:KEY]`.
 */
export const partyCategory: Model = {
  name: 'party.category',
  keyField: 'name',
  fields: ['name', 'parent', 'active'],
  schema: held,
  everything: [['active', 'in', [true, false]]],
  uniqueCodes: false,
  storesValidTo: false,
  deletes: 'whatever-uses-it',
  values: ({ key, content }) => ({
    name: `${escapeCode(content.code)} ${escapeName(content.title)} ${markOf(key)}`,
    parent: content.parent === null ? null : idOf(content.parent),
    active: content.active,
  }),
  read: (current) => {
    const { name, parent, active } = held.parse(current);
    const { code = '', title = '' } = parts.exec(name)?.groups ?? {};
    return {
      externalId: String(current.id),
      key: keyIn(name),
      content: {
        code: readName(code),
        title: readName(title),
        parent: parent ? String(parent) : null,
        level: null,
        active,
        validTo: null,
      },
    };
  },
  uses: {
    model: 'party.party',
    domain: (ids) => [
      ['categories', 'in', ids],
      ['active', 'in', [true, false]],
    ],
    fields: ['rec_name', 'categories'],
    read: (use) => {
      const { rec_name, categories } = party.parse(use);
      return { title: rec_name, records: categories };
    },
  },
};

const party = row.extend({ rec_name: z.string(), categories: z.array(z.int()) });
