import { today } from '../publication/effective-date.ts';

const hourMs = 3_600_000;

/** Midnight in Europe/Rome at the beginning of a day: one hour before midnight UTC in winter, two in summer. */
export function firstInstantOf(day: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const inSummer = new Date(midnight - 2 * hourMs);
  return today(inSummer) === day ? inSummer : new Date(midnight - hourMs);
}
