import { z } from 'zod';
import { demoCases } from './demo-cases.ts';

const grantedSchema = z.object({ access_token: z.string() });
const activitiesSchema = z.object({
  records: z.array(z.object({ Id: z.string(), Title__c: z.string().nullable() })),
});
const countSchema = z.object({ totalSize: z.int() });
const savedSchema = z.array(z.object({ success: z.literal(true) }));
const mostRecords = 200;

/**
 * Makes the cases of the demo in the CRM of the sandbox, through its API, tagged with the activities of the map that it holds.
 * A CRM that has cases already is left as it is.
 * @returns how many were made
 */
export async function seedCases(sandbox: string, signal: AbortSignal): Promise<number> {
  const crm = `${sandbox}/crm/services`;
  const ask = async <T>(schema: z.ZodType<T>, path: string, init: RequestInit = {}): Promise<T> => {
    const answer = await fetch(`${crm}${path}`, { signal, ...init });
    if (!answer.ok) throw new Error(`The CRM answered ${answer.status}: ${await answer.text()}`);
    return schema.parse(await answer.json());
  };
  const { access_token } = await ask(grantedSchema, '/oauth2/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'mappa',
      client_secret: 'mappa-crm-secret',
    }),
  });
  const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
  const query = <T>(schema: z.ZodType<T>, soql: string): Promise<T> =>
    ask(schema, `/data/v60.0/query?q=${encodeURIComponent(soql)}`, { headers });

  if ((await query(countSchema, 'SELECT COUNT() FROM Case')).totalSize > 0) return 0;
  const { records } = await query(
    activitiesSchema,
    'SELECT Id, Title__c FROM Activity__c WHERE Level__c = 5 AND Active__c = true ORDER BY Name',
  );
  const cases = demoCases(records.map(({ Id, Title__c }) => ({ id: Id, title: Title__c ?? '' })));
  for (let from = 0; from < cases.length; from += mostRecords) {
    const body = JSON.stringify({ allOrNone: true, records: cases.slice(from, from + mostRecords) });
    await ask(savedSchema, '/data/v60.0/composite/sobjects', { method: 'POST', headers, body });
  }
  return cases.length;
}
