import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A certificate with its key, as a server or an authority has them; PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateWish {
  /** Subject, and the name of the host; an authority where there is none. */
  readonly host: string | null;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** An authority that signs what a test needs, good or bad (X.509 v3, RFC 5280, in DER). */
export function createAuthority(
  signer: string,
  from: Date,
  to: Date,
): Certificate & { issue(wish: CertificateWish): Certificate } {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issue = (wish: CertificateWish, subject: KeyPair): Certificate => ({
    cert: pem('CERTIFICATE', certificate(wish, signer, subject.publicKey, keys.privateKey)),
    key: subject.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  });
  return {
    ...issue({ host: null, notBefore: from, notAfter: to }, keys),
    issue: (wish) => issue(wish, generateKeyPairSync('ec', { namedCurve: 'P-256' })),
  };
}

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

let serial = 0;

function certificate(
  { host, notBefore, notAfter }: CertificateWish,
  signer: string,
  ours: KeyObject,
  issuer: KeyObject,
): Buffer {
  const ecdsaWithSha256 = der(0x30, oid('2a8648ce3d040302'));
  const extensions =
    host === null
      ? [
          der(
            0x30,
            oid('551d13'),
            der(0x01, Buffer.from([0xff])),
            der(0x04, der(0x30, der(0x01, Buffer.from([0xff])))),
          ),
        ]
      : [der(0x30, oid('551d11'), der(0x04, der(0x30, der(0x82, Buffer.from(host)))))];
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([++serial])),
    ecdsaWithSha256,
    name(signer),
    der(0x30, time(notBefore), time(notAfter)),
    name(host ?? signer),
    ours.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, ...extensions)),
  );
  return der(0x30, body, ecdsaWithSha256, der(0x03, Buffer.from([0]), sign('sha256', body, issuer)));
}

const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const name = (commonName: string): Buffer =>
  der(0x30, der(0x31, der(0x30, oid('550403'), der(0x0c, Buffer.from(commonName)))));
/** GeneralizedTime, to the second. */
const time = (at: Date): Buffer =>
  der(0x18, Buffer.from(`${at.toISOString().replaceAll(/[-:T]|\..*/g, '')}Z`));

/** Tag, length, value. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const length =
    value.length < 0x80
      ? [value.length]
      : value.length < 0x100
        ? [0x81, value.length]
        : [0x82, value.length >> 8, value.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), value]);
}

const pem = (what: string, bytes: Buffer): string =>
  `-----BEGIN ${what}-----\n${bytes.toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END ${what}-----\n`;
