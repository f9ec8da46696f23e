import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

/**
 * The least that the driver `crm-sobject` needs, in a process of its own: a token, the description of an object, and
 * sObject Collections. It keeps nothing, so that what is measured is the connector. Sends its port to the parent.
 */
const saved = z.object({
  records: z.array(z.object({ Id: z.string().optional(), Mappa_Id__c: z.string() })),
});
const names = ['Name', 'Title__c', 'Level__c', 'Active__c', 'Valid_To__c', 'Parent__c'];
const describe = JSON.stringify({
  fields: [{ name: 'Mappa_Id__c', externalId: true }, ...names.map((name) => ({ name }))],
});

async function answer(request: IncomingMessage): Promise<string> {
  if (request.method === 'GET') return describe;
  const body = await text(request);
  if (request.url?.endsWith('/token')) return '{"access_token":"t"}';
  const { records } = saved.parse(JSON.parse(body));
  return JSON.stringify(
    records.map(({ Id, Mappa_Id__c: key }) => ({ success: true, id: Id ?? key, errors: [] })),
  );
}

const server = createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  void answer(request).then((body) => response.end(body));
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : 0);
});
process.on('disconnect', () => process.exit(0));
