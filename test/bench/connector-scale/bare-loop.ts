import { Pool } from 'undici';

/**
 * What the connector is compared with: undici alone, one record a call, so many calls at the same time.
 * @returns calls a second, and microseconds of processor time for each
 */
export async function bareLoop(
  origin: string,
  calls: number,
  concurrency: number,
): Promise<{ readonly rate: number; readonly cpuUs: number }> {
  const pool = new Pool(origin, { connections: concurrency, pipelining: 1 });
  const path = '/services/data/v60.0/composite/sobjects/Activity__c/Mappa_Id__c';
  const headers = { 'content-type': 'application/json', authorization: 'Bearer t' };
  const since = performance.now();
  const cpu = process.cpuUsage();
  let left = calls;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (left-- > 0) {
        const record = {
          attributes: { type: 'Activity__c' },
          Mappa_Id__c: crypto.randomUUID(),
          Name: 'A1.1.1.1',
          Title__c: `Titolo ${left}`,
          Level__c: 5,
          Active__c: true,
          Valid_To__c: null,
          Parent__c: null,
        };
        const body = JSON.stringify({ allOrNone: false, records: [record] });
        const answer = await pool.request({ method: 'PATCH', path, headers, body });
        await answer.body.json();
      }
    }),
  );
  const seconds = (performance.now() - since) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  await pool.close();
  return { rate: calls / seconds, cpuUs: (user + system) / calls };
}
