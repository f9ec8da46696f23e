import { z } from 'zod';

const clock = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time such as 20:00 is expected');

/** From Monday 1 to Sunday 7, of Europe/Rome. One that ends before it begins ends on the next day. */
const windowSchema = z.strictObject({
  days: z.array(z.int().min(1).max(7)).min(1).default([1, 2, 3, 4, 5, 6, 7]),
  from: clock,
  to: clock,
});

/** Of what is none, nothing more is said. */
const moment = z.string().regex(/^(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/, {
  error: 'a moment such as 12-31T23:30 (every year) or 2026-12-31T23:30 is expected',
  abort: true,
});

const blackoutSchema = z
  .strictObject({ from: moment, to: moment })
  .refine(({ from, to }) => from.length === to.length, {
    error: 'both ends have a year, or none has',
    abort: true,
  })
  .refine(({ from, to }) => from.length === 11 || from < to, 'it ends before it begins');

/** When a system may be written to; none: always. */
export const windowsSchema = z.array(windowSchema).max(50).default([]);

/** When it may not. By default not at the turn of the year, when its own jobs run and nobody is there. */
export const blackoutsSchema = z
  .array(blackoutSchema)
  .max(50)
  .default([{ from: '12-31T23:30', to: '01-01T06:00' }]);

export interface Schedule {
  readonly windows: z.output<typeof windowsSchema>;
  readonly blackouts: z.output<typeof blackoutsSchema>;
}
