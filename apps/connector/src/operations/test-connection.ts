import { credentialsRefused, witnessed, type Driver } from '#targets';
import type { ConnectionTest } from './schemas.ts';

/** Asks a target whether it is there, knows us, and lets us do what we need. Changes no record. */
export async function testConnection(driver: Driver, signal: AbortSignal): Promise<ConnectionTest> {
  const since = performance.now();
  const { result, seen } = await witnessed(() => driver.probe(signal));
  const durationMs = Math.round(performance.now() - since);
  const isAnswered = seen().some(({ status }) => status !== null);
  return { ...judgeProbe(result, isAnswered), reason: result?.reason ?? null, durationMs };
}

/** @param isAnswered it answered something, whatever it was */
export function judgeProbe(
  refusal: Awaited<ReturnType<Driver['probe']>>,
  isAnswered: boolean,
): Pick<ConnectionTest, 'reachable' | 'authenticated' | 'allowed'> {
  if (refusal === null) return { reachable: true, authenticated: true, allowed: true };
  if (refusal.is === 'rejected') return { reachable: true, authenticated: true, allowed: false };
  if (credentialsRefused(refusal)) return { reachable: true, authenticated: false, allowed: null };
  return { reachable: isAnswered, authenticated: null, allowed: null };
}
