import { CmisError } from './cmis-error.ts';

export interface Paging {
  readonly maxItems: number;
  readonly skipCount: number;
}

const mostItems = 1_000;

/** `maxItems` (1,000 when absent) and `skipCount` of a request. @throws CmisError invalidArgument */
export function readPaging(parameter: (name: string) => string | undefined): Paging {
  return { maxItems: whole(parameter, 'maxItems', mostItems), skipCount: whole(parameter, 'skipCount', 0) };
}

function whole(parameter: (name: string) => string | undefined, name: string, absent: number): number {
  const text = parameter(name);
  if (text === undefined || text === '') return absent;
  if (!/^\d{1,9}$/.test(text)) throw new CmisError('invalidArgument', `Invalid parameter '${name}'!`);
  return Number(text);
}
