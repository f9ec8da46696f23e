import { z } from 'zod';
import { fileFormat } from '../file-format.ts';
import { readJson } from './read-json.ts';

export const jsonFormat = fileFormat({
  name: 'json',
  mediaTypes: ['application/json'],
  extensions: ['.json'],
  options: z.strictObject({}),
  open: readJson,
});
