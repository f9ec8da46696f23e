import { describe, expect, it } from 'vitest';
import { isRefusal } from '#platform';
import { drivers } from '#targets';
import { assertAllowed, usuallyAllowed, type Allowed } from './allowed.ts';
import { readAllowedAddresses } from './allowed-addresses.ts';
import { parseTargetsFile } from './targets-file.ts';

function allowing(list: string): Allowed {
  const addresses = readAllowedAddresses(list);
  if ('wrong' in addresses) throw new Error(addresses.wrong);
  return { ...usuallyAllowed, addresses };
}

interface Chosen {
  readonly address?: string;
  readonly secret?: string;
  readonly tokenAddress?: string;
  readonly ownTokenAddress?: string;
}

function pathsOf(
  { address = 'https://crm.example.org', secret = 'env:TARGET_CRM', tokenAddress, ownTokenAddress }: Chosen,
  allowed: Allowed = usuallyAllowed,
): (string | undefined)[] {
  const parsed = parseTargetsFile(
    JSON.stringify({
      organisations: [{ id: 'o', name: 'Ente' }],
      systems: [{ id: 'crm', address, secret }],
      profiles: [{ id: 'crm', kind: 'crm', driver: 'odata', settings: { tokenAddress } }],
      targets: [
        {
          id: 'crm',
          organisation: 'o',
          system: 'crm',
          profile: 'crm',
          scheme: 'map',
          settings: { tokenAddress: ownTokenAddress },
        },
      ],
    }),
    drivers,
    {},
    allowed,
  );
  return isRefusal(parsed) ? parsed.problems.map(({ path }) => path) : [];
}

describe('a targets file', () => {
  it.each(['env:DATABASE_URL', 'env:PATH', 'env:target_crm', 'file:/etc/passwd', 'file:/run/secrets/crm'])(
    'has no secret of others: not %s',
    (secret) => {
      expect(pathsOf({ secret })).toEqual(['systems[0].secret']);
    },
  );

  it('has files below the directory of secrets', () => {
    const allowed = { ...usuallyAllowed, secrets: { prefix: 'CRM_', directory: '/run/secrets' } };
    for (const secret of ['file:/run/secrets/crm', 'file:/run/secrets/a/b', 'env:CRM_A'])
      expect(pathsOf({ secret }, allowed)).toEqual([]);
    for (const path of ['/run/secrets', '/run/secrets-2/a', '/run/secrets/../a', '/run/secrets/a/../../b'])
      expect(pathsOf({ secret: `file:${path}` }, allowed)).toEqual(['systems[0].secret']);
    expect(pathsOf({ secret: 'env:TARGET_A' }, allowed)).toEqual(['systems[0].secret']);
  });

  it.each([
    'http://169.254.169.254/latest',
    'http://[fe80::1]',
    'http://[::ffff:169.254.0.1]',
    'http://0xa9fea9fe',
  ])('has no link-local address, allowed or not: not %s', (address) => {
    expect(pathsOf({ address })).toEqual(['systems[0].address']);
    expect(pathsOf({ address }, allowing('169.254.0.0/16,fe80::/10'))).toEqual(['systems[0].address']);
  });

  const allowed = allowing('crm.example.org, *.Camera.it,10.20.0.0/16,fd12::/16,192.0.2.1,città.example');
  it.each([
    'https://crm.example.org/a',
    'https://CRM.example.org.:8443',
    'http://pi.camera.it',
    'http://a.pi.camera.it',
    'http://10.20.255.1',
    'http://[fd12::7]:8080',
    'http://192.0.2.1',
    'http://città.example',
  ])('has addresses that are allowed: %s', (address) => {
    expect(pathsOf({ address }, allowed)).toEqual([]);
  });
  it.each([
    'https://example.org',
    'https://acrm.example.org',
    'http://camera.it',
    'http://mycamera.it',
    'http://pi.camera.it.example.com',
    'http://10.21.0.1',
    'http://[fd13::7]',
    'http://192.0.2.2',
    'http://127.0.0.1',
  ])('and no others: not %s', (address) => {
    expect(pathsOf({ address }, allowed)).toEqual(['systems[0].address']);
  });

  it('has tokens only from where targets may be; all problems are said at once', () => {
    expect(
      pathsOf(
        {
          address: 'http://a.example',
          secret: 'env:A',
          tokenAddress: 'https://b.example/token',
          ownTokenAddress: 'https://169.254.169.254/',
        },
        allowed,
      ),
    ).toEqual([
      'systems[0].address',
      'systems[0].secret',
      'profiles[0].settings.tokenAddress',
      'targets[0].settings.tokenAddress',
    ]);
    expect(pathsOf({ tokenAddress: '/token', ownTokenAddress: 'https://a.camera.it/t' }, allowed)).toEqual(
      [],
    );
  });
});

it.each(['\u00a0', '\ufeff', '\u3000', '\n'])(
  'blanks around an address, which a driver leaves out, hide it from nobody: %j',
  (blank) => {
    const crm = allowing('crm.example.org');
    const [tokenAddress, ownTokenAddress] = ['evil.example', '169.254.169.254'].map(
      (host) => `${blank}https://${host}/token${blank}`,
    );
    expect(pathsOf({ ...(tokenAddress && { tokenAddress }) }, crm)).toEqual([
      'profiles[0].settings.tokenAddress',
    ]);
    expect(pathsOf({ ...(ownTokenAddress && { ownTokenAddress }) })).toEqual([
      'targets[0].settings.tokenAddress',
    ]);
    const settings = { tokenAddress };
    expect(() => assertAllowed('odata', { address: 'https://crm.example.org', settings }, crm)).toThrow(
      'TARGET_ADDRESSES',
    );
  },
);

it('a target that was registered before is not opened where targets may not be any more', () => {
  const at =
    (address: string, settings = {}) =>
    () => {
      assertAllowed('odata', { address, settings }, allowing('crm.example.org'));
    };
  expect(at('https://crm.example.org')).not.toThrow();
  expect(at('https://crm.example.org', { tokenAddress: 'https://login.example.org' })).toThrow(
    'TARGET_ADDRESSES',
  );
  expect(at('https://hr.example.org')).toThrow('hr.example.org is none of the addresses');
});

it.each([
  'crm.example.org:8080',
  'https://crm.example.org',
  '*',
  '*.',
  '10.0.0.0/33',
  '10.0.0/8',
  '010.0.0.1',
  '*.0x0a000001',
  'a,,b',
  'a b',
  '[::1]',
])('%s does not say where targets may be', (list) => {
  expect(readAllowedAddresses(list)).toEqual({ wrong: expect.any(String) });
});
