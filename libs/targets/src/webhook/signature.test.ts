import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { sign, signingKeys } from './signature.ts';

const keysOf = (secret: string): readonly Buffer[] => signingKeys(secret) ?? expect.unreachable();

test('the signature of the example in the standard is the one that stands there', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const signature = sign(
    keysOf(secret),
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    1_614_265_330,
    '{"test": 2432232314}',
  );
  expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('the reference implementation makes the same signature, and verifies ours', () => {
  const keys = fc.uint8Array({ minLength: 24, maxLength: 64 });
  fc.assert(
    fc.property(keys, fc.uuid(), fc.json(), (key, id, body) => {
      const secret = `whsec_${Buffer.from(key).toString('base64')}`;
      const reference = new Webhook(secret);
      const at = new Date();
      const seconds = Math.floor(at.getTime() / 1000);
      const signature = sign(keysOf(secret), id, seconds, body);
      expect(signature).toBe(reference.sign(id, at, body));
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': signature,
      };
      expect(reference.verify(body, headers, { jsonParse: false })).toBeUndefined();
    }),
  );
});

test('while the receiver changes its secret, a message is signed with both', () => {
  const [old, next] = [24, 32].map((length) => `whsec_${Buffer.alloc(length, length).toString('base64')}`);
  const both = sign(keysOf(`${old} ${next}`), 'm', 1, '{}').split(' ');
  expect(both).toEqual([sign(keysOf(old ?? ''), 'm', 1, '{}'), sign(keysOf(next ?? ''), 'm', 1, '{}')]);
});

test.each(['', 'whsec_', 'secret', 'whsec_c2hvcnQ=', 'whsec_!!!not-base64-but-long-enough-for-a-key!!!'])(
  'the secret "%s" is none',
  (secret) => {
    expect(signingKeys(secret)).toBeNull();
  },
);
