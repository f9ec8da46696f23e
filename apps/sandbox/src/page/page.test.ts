import { afterAll, beforeAll, expect, test } from 'vitest';
import { controlOf } from '../testing/control.ts';
import { startSandbox, type RunningSandbox } from '../testing/start-sandbox.ts';

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
  await addCode('A1.1', 'Governo <b>&</b> "controllo"');
  await addCode('A1.10', 'Dopo');
  await addCode('A1.2', 'Prima');
});
afterAll(() => sandbox.stop());

const addCode = (code: string, title: string) =>
  fetch(`${sandbox.url}/scim/v2/ActivityCodes`, {
    method: 'POST',
    headers: { authorization: 'Bearer mappa-hr-secret', 'content-type': 'application/scim+json' },
    body: JSON.stringify({ code, title, active: true }),
  });
const page = async (query = '') => (await fetch(`${sandbox.url}/${query}`)).text();
const press = (server: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.url}/faults/${server}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });

test('the page shows every system in Italian, or in English when asked', async () => {
  const italian = await page();
  expect(italian).toContain('<html lang="it">');
  expect(italian.match(/<section /g)).toHaveLength(5);
  expect(await page('?lang=en')).toContain('Simulated systems');
});

test('everything is escaped', async () => {
  expect(await page()).toContain('Governo &lt;b&gt;&amp;&lt;/b&gt; &quot;controllo&quot;');
  expect(await page('?q=%22%3E%3Cscript%3E')).not.toContain('<script>');
});

test('codes stand in their order and can be searched by code and by words', async () => {
  const html = await page();
  expect(html.indexOf('>A1.2<')).toBeLessThan(html.indexOf('>A1.10<'));
  const found = await page('?q=dopo');
  expect([found.includes('A1.10'), found.includes('>A1.2<')]).toEqual([true, false]);
});

test('buttons set, show and clear faults, and lose a record; other sites have no buttons here', async () => {
  const control = controlOf(sandbox.url);
  expect((await press('crm', { act: 'down', code: '' })).status).toBe(303);
  expect((await press('crm', { act: 'refuse', code: 'A1.1' })).status).toBe(303);
  expect(await page()).toMatch(/risponde 503, riprovare dopo 5, fino alle[^]*rifiuta A1\.1/);
  expect((await press('crm', { act: 'clear' })).status).toBe(303);
  expect(await page()).not.toContain('risponde 503');
  await press('scim', { act: 'lose', code: 'A1.2' });
  expect((await control.records('scim')).map(({ code }) => code)).toEqual(['A1.1', 'A1.10']);
  expect((await press('crm', { act: 'down' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
});

test('a fault that makes no sense is refused with all its problems', async () => {
  const response = await controlOf(sandbox.url).setFault('crm', { status: 200, delayMs: 0, whatever: 1 });
  expect(response.status).toBe(400);
  expect(await response.text()).toMatch(/must be one of[^]*delayMs[^]*at least 1[^]*whatever/);
  expect((await controlOf(sandbox.url).setFault('nobody', { delayMs: 5 })).status).toBe(404);
});

test('health and metrics answer', async () => {
  expect((await fetch(`${sandbox.url}/health/ready`)).status).toBe(200);
  const metrics = await (await fetch(`${sandbox.url}/metrics`)).text();
  expect(metrics).toMatch(/sandbox_requests_total\{server="scim",status="201",app="sandbox"\} 3/);
});
