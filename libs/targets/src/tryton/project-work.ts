import { z } from 'zod';
import { keyIn, marked } from './key-mark.ts';
import { fromTrytonDate, idOf, row, toTrytonDate, trytonDate, type Model } from './model.ts';
import { escapeName, readName } from './name.ts';

const held = row.extend({
  name: z.string(),
  number: z.string().nullish(),
  comment: z.string().nullish(),
  parent: z.int().nullish(),
  timesheet_available: z.boolean(),
  timesheet_end_date: trytonDate.nullish(),
});

/**
 * HR: works that hours are booked on. `number` is the code, unique; a retired entry has a last day for time sheets. The key stands
 * in the comment, which belongs to people otherwise.
 */
export const projectWork: Model = {
  name: 'project.work',
  keyField: 'comment',
  fields: ['name', 'number', 'comment', 'parent', 'timesheet_available', 'timesheet_end_date'],
  schema: held,
  everything: [],
  uniqueCodes: true,
  storesValidTo: true,
  deletes: 'unless-used',
  values: ({ key, content }, current) => ({
    name: escapeName(content.title),
    number: content.code,
    comment: marked(current ? (held.parse(current).comment ?? '') : '', key),
    parent: content.parent === null ? null : idOf(content.parent),
    timesheet_available: true,
    timesheet_end_date: content.validTo === null ? null : toTrytonDate(content.validTo),
  }),
  read: (current) => {
    const {
      name,
      number,
      comment,
      parent,
      timesheet_available,
      timesheet_end_date: end,
    } = held.parse(current);
    return {
      externalId: String(current.id),
      key: keyIn(comment ?? ''),
      content: {
        code: number ?? '',
        title: readName(name),
        parent: parent ? String(parent) : null,
        level: null,
        active: timesheet_available && !end,
        validTo: end ? fromTrytonDate(end) : null,
      },
    };
  },
  uses: {
    model: 'timesheet.line',
    domain: (ids) => [['work.origin', 'in', ids.map((id) => `project.work,${id}`)]],
    fields: ['date', 'duration', 'work.origin'],
    read: (use) => {
      const { date, duration, 'work.': work } = line.parse(use);
      const hours = Math.round(duration.seconds / 36) / 100;
      return {
        title: `${fromTrytonDate(date)}, ${hours} h`,
        records: [Number(work.origin.slice('project.work,'.length))],
      };
    },
  },
};

/** A line of a time sheet. Whose it is, is nobody's business here. */
const line = row.extend({
  date: trytonDate,
  duration: z.looseObject({ seconds: z.number() }),
  'work.': z.looseObject({ origin: z.string().startsWith('project.work,') }),
});
