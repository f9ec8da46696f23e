import { isIPv6 } from 'node:net';
import { expect, it } from 'vitest';
import { isLinkLocal, lookupBeyondLink } from './link-local.ts';

const hostOf = (address: string): string => new URL(`http://${address}`).hostname;

it.each([
  '169.254.169.254',
  '0xA9FEA9FE',
  '2852039166',
  '169.254.1.1.',
  '[fe80::1]',
  '[febf::1]',
  '[::ffff:169.254.169.254]',
  '[::169.254.169.254]',
  '[64:ff9b::169.254.169.254]',
  '[::ffff:0:169.254.169.254]',
  '[2002:a9fe:a9fe::]',
  '[fd00:ec2::254]',
])('%s is link-local', (address) => {
  expect(isLinkLocal(hostOf(address))).toBe(true);
});

it.each([
  '127.0.0.1',
  '10.0.0.1',
  '169.253.1.1',
  '[::1]',
  '[fec0::1]',
  '[::ffff:10.0.0.1]',
  '[64:ff9b::10.0.0.1]',
  '[2002:a9fd::1]',
  'a.example.org',
])('%s is not', (address) => {
  expect(isLinkLocal(hostOf(address))).toBe(false);
});

const look = (name: string, all: boolean) =>
  new Promise((resolve) => {
    lookupBeyondLink(name, { all }, (error, found) => resolve(error?.message ?? found));
  });

it('a name that leads to such an address is not found, others are', async () => {
  const found = await look('localhost', false);
  expect(found === '127.0.0.1' || isIPv6(String(found))).toBe(true);
  expect(await look('localhost', true)).toEqual(
    expect.arrayContaining([expect.objectContaining({ address: found })]),
  );
  for (const all of [true, false])
    expect(await look('169.254.169.254', all)).toBe(
      '169.254.169.254 leads to 169.254.169.254, which is link-local',
    );
});
