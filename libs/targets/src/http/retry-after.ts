const longestMs = 24 * 60 * 60 * 1000;

/**
 * @param value of the header Retry-After, in seconds or as an HTTP date (RFC 9110, 10.2.3)
 * @param now milliseconds since 1970 by the clock of the sender
 * @returns milliseconds to wait, at most a day; null when the header is absent or is neither
 */
export function retryAfterMs(value: string | undefined, now: number): number | null {
  const text = value?.trim() ?? '';
  const ms = /^\d+$/.test(text)
    ? Number(text) * 1000
    : /[A-Za-z]/.test(text)
      ? Date.parse(text) - now
      : Number.NaN;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), longestMs);
}
