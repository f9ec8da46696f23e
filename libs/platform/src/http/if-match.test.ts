import { expect, test } from 'vitest';
import { refuseUnseen } from './if-match.ts';

test.each(['"7"', '*', '"6", "7"', ' "7" '])('%s stands for version 7', (ifMatch) => {
  expect(refuseUnseen(ifMatch, 7)).toBeNull();
});

test.each(['"6"', '7', 'W/"7"', '', '"70"'])(
  '%s does not stand for version 7, and the answer tells the present one',
  (ifMatch) => {
    expect(refuseUnseen(ifMatch, 7)).toMatchObject({ status: 412, headers: { etag: '"7"' } });
  },
);
