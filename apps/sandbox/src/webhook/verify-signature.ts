import { createHmac, timingSafeEqual } from 'node:crypto';

const toleranceSeconds = 5 * 60;

export interface SignedMessage {
  readonly id: string | undefined;
  /** Seconds since 1970, as text. */
  readonly timestamp: string | undefined;
  /** `v1,BASE64`, several separated by blanks. */
  readonly signatures: string | undefined;
  readonly body: string;
}

/**
 * Why a message is not to be believed, or null (Standard Webhooks, "Verifying webhook authenticity").
 * @param secret `whsec_…`; @param now milliseconds since 1970
 */
export function distrust(
  { id, timestamp, signatures, body }: SignedMessage,
  secret: string,
  now: number,
): string | null {
  if (!id || !timestamp || !signatures) return 'Missing required headers';
  const seconds = Number(timestamp);
  if (!Number.isInteger(seconds)) return 'Invalid timestamp';
  if (Math.abs(now / 1000 - seconds) > toleranceSeconds) return 'Message timestamp too far from now';
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  const isSigned = signatures.split(' ').some((signature) => {
    const [version, given = ''] = signature.split(',');
    const bytes = Buffer.from(given, 'base64');
    return version === 'v1' && bytes.length === expected.length && timingSafeEqual(bytes, expected);
  });
  return isSigned ? null : 'No matching signature found';
}
