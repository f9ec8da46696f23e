import { readFileSync } from 'node:fs';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { demoClients, secretOf } from './clients.ts';
import { startSandbox, type RunningSandbox } from '../testing/start-sandbox.ts';

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

const discovered = z.looseObject({ issuer: z.string(), token_endpoint: z.string(), jwks_uri: z.string() });

async function discover() {
  const response = await fetch(`${sandbox.url}/idp/.well-known/openid-configuration`);
  return discovered.parse(await response.json());
}

async function tokenFor(client: string, secret = `${client}-secret`) {
  const { token_endpoint } = await discover();
  const body = new URLSearchParams({ grant_type: 'client_credentials' });
  const authorization = `Basic ${Buffer.from(`${client}:${secret}`).toString('base64')}`;
  return fetch(token_endpoint, { method: 'POST', body, headers: { authorization } });
}

async function verified(token: string) {
  const { issuer, jwks_uri } = await discover();
  return jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), {
    issuer,
    audience: 'mappa',
    typ: 'at+jwt',
  });
}

const accessToken = async (response: Response) =>
  z.object({ access_token: z.string() }).parse(await response.json()).access_token;

test('a token carries the roles of its client and verifies by the published key', async () => {
  const { payload } = await verified(await accessToken(await tokenFor('demo-editor')));
  expect(payload).toMatchObject({
    iss: `${sandbox.url}/idp`,
    aud: 'mappa',
    sub: 'demo-editor',
    roles: ['editor'],
  });
});

test('every client is in the table of docs/workflow.md, with its secret and role', () => {
  const page = readFileSync(new URL('../../../../docs/workflow.md', import.meta.url), 'utf8');
  for (const { id, roles } of demoClients)
    expect(page).toMatch(new RegExp(`\\| \`${id}\` +\\| \`${secretOf(id)}\` +\\| ${roles.join(', ')} +\\|`));
});

test('a wrong secret gives no token', async () => {
  expect((await tokenFor('demo-editor', 'guess')).status).toBe(401);
});

test('a token outlives a restart', async () => {
  const token = await accessToken(await tokenFor('demo-operator'));
  await sandbox.restart();
  expect((await verified(token)).payload['roles']).toEqual(['operator']);
});
