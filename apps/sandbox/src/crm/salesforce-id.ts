const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const suffixSigns = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The three signs of the instance. */
const instance = 'Mp0';

/** The n-th record of an object -> its id of 18 characters. @param keyPrefix of the object: `a00` */
export function toSalesforceId(keyPrefix: string, n: number): string {
  let rest = n;
  let text = '';
  for (let i = 0; i < 9; i++) {
    text = digits[rest % 62]! + text;
    rest = Math.floor(rest / 62);
  }
  return withSuffix(keyPrefix + instance + text);
}

/**
 * An id as clients write it, in 15 or 18 characters -> the 18 characters that are stored; null when it is not an id
 * of the object. The last three characters say which of the others are capitals.
 */
export function readSalesforceId(keyPrefix: string, text: string): string | null {
  if (!text.startsWith(keyPrefix) || !/^[0-9A-Za-z]{15}([A-Z0-5]{3})?$/.test(text)) return null;
  const full = withSuffix(text.slice(0, 15));
  return text.length === 15 || text === full ? full : null;
}

function withSuffix(fifteen: string): string {
  const suffix = [0, 5, 10].map((start) => {
    let bits = 0;
    for (let i = 0; i < 5; i++) if (/[A-Z]/.test(fifteen.charAt(start + i))) bits += 1 << i;
    return suffixSigns.charAt(bits);
  });
  return fifteen + suffix.join('');
}
