import { z } from 'zod';

/** Address at which people open what uses a record; `{id}` stands for its id. */
export const linkSetting = z
  .string()
  .regex(
    /^(https?|tryton):\/\/\S*\{id\}\S*$/,
    'an address with {id}, for example https://crm.example.it/lightning/r/Case/{id}/view',
  )
  .nullable()
  .default(null);

export const linkTo = (pattern: string | null, id: string): string | null =>
  pattern?.replaceAll('{id}', encodeURIComponent(id)) ?? null;
