import fc from 'fast-check';
import { expect, test } from 'vitest';
import { multipart } from './multipart.ts';

/** Characters that a form may hold as they are; fetch would turn a lone line end into CR LF. */
const value = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text));
const name = fc.stringMatching(/^[\w:[\]]{1,20}$/);

test('what fetch reads from the body are the fields in their order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, value), { minLength: 1 }), async (fields) => {
      const { body, headers } = multipart(fields);
      const form = await new Response(new Uint8Array(body), { headers: { ...headers } }).formData();
      expect([...form.entries()]).toEqual(fields);
    }),
  );
});
