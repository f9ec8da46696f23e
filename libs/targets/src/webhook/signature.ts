import { createHmac } from 'node:crypto';

const prefix = 'whsec_';
const shortest = 24;
const longest = 64;

/**
 * The keys of a secret, or null when one of them is none: `whsec_` and 24 to 64 bytes in base64 (Standard Webhooks,
 * "Secrets"). Several, separated by blanks, while the receiver changes from one to the next.
 */
export function signingKeys(secret: string): readonly Buffer[] | null {
  const keys = secret.split(/\s+/).map(readKey);
  return keys.every((key) => key !== null) ? keys : null;
}

/** The value of `webhook-signature`: one HMAC-SHA256 for each key (Standard Webhooks, "Signature scheme"). */
export function sign(keys: readonly Buffer[], id: string, timestampSeconds: number, body: string): string {
  const signed = `${id}.${timestampSeconds}.${body}`;
  return keys.map((key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`).join(' ');
}

function readKey(secret: string): Buffer | null {
  if (!secret.startsWith(prefix)) return null;
  const text = secret.slice(prefix.length);
  const key = Buffer.from(text, 'base64');
  const isBase64 = key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  return isBase64 && key.length >= shortest && key.length <= longest ? key : null;
}
