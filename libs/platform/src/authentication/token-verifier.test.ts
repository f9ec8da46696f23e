import { spoken } from '#words';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Refusal } from '../problem/refusal.ts';
import { IdentityProvider } from '../../../../test/support/identity-provider.ts';
import { TokenVerifier } from './token-verifier.ts';

let provider: IdentityProvider;
beforeEach(async () => void (provider = await IdentityProvider.start()));
afterEach(() => provider.goAway());

const verifier = (options = {}) => new TokenVerifier({ issuer: provider.issuer, cooldownMs: 0, ...options });

async function refused(verifying: Promise<unknown>): Promise<Refusal> {
  const answer = await verifying;
  if (!(answer instanceof Refusal)) throw new Error('not refused');
  return answer;
}

test('a good token tells who it is and its roles; unknown roles are left out', async () => {
  const token = await provider.token(['editor', 'approver', 'king'], { name: 'Anna' });
  expect(await verifier().verify(`Bearer ${token}`)).toEqual({
    id: 'demo',
    name: 'Anna',
    roles: ['editor', 'approver'],
  });
});

test('no token, or one that is not ours, is 401 with a challenge', async () => {
  expect((await refused(verifier().verify(undefined))).headers['www-authenticate']).toBe(
    'Bearer realm="mappa"',
  );
  const cases = {
    'has expired': { exp: 1_000_000 },
    'claim aud': { aud: 'another' },
    'claim iss': { iss: 'https://elsewhere.example' },
    'claim sub': { sub: undefined },
  };
  for (const [words, claims] of Object.entries(cases)) {
    const refusal = await refused(verifier().verify(`Bearer ${await provider.token(['editor'], claims)}`));
    expect(spoken(refusal, 'en')).toMatchObject({ status: 401, detail: expect.stringContaining(words) });
    expect(refusal.headers['www-authenticate']).toContain('error="invalid_token"');
  }
  expect(await refused(verifier().verify('Bearer not.a.token'))).toMatchObject({ status: 401 });
  const foreign = await IdentityProvider.start();
  const forged = await foreign.token(['editor'], { iss: provider.issuer });
  await foreign.goAway();
  expect(await refused(verifier().verify(`Bearer ${forged}`))).toMatchObject({ status: 401 });
});

test('while the provider was never reached, a token is answered 503, and believed once it is back', async () => {
  const token = `Bearer ${await provider.token(['editor'])}`;
  const tokens = verifier();
  await provider.goAway();
  expect(await refused(tokens.verify(token))).toMatchObject({ status: 503, code: 'identity-provider-away' });
  await provider.comeBack();
  expect(await tokens.verify(token)).toMatchObject({ id: 'demo' });
});

test('known keys stay in use while the provider is away, also when they are old', async () => {
  const token = `Bearer ${await provider.token(['editor'])}`;
  const tokens = verifier({ refreshAfterMs: 0 });
  await tokens.verify(token);
  await provider.goAway();
  expect(await tokens.verify(token)).toMatchObject({ id: 'demo' });
});

test('keys are fetched once, and again for a token with a new key', async () => {
  const tokens = verifier();
  const token = `Bearer ${await provider.token(['editor'])}`;
  await Promise.all([tokens.verify(token), tokens.verify(token)]);
  expect(provider.requests).toBe(2);
  await provider.addKey('second');
  expect(await tokens.verify(`Bearer ${await provider.token(['editor'])}`)).toMatchObject({ id: 'demo' });
  expect(provider.requests).toBe(4);
});
