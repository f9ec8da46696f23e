const rome = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Rome',
  dateStyle: 'short',
  timeStyle: 'medium',
});
const dayMs = 24 * 60 * 60 * 1000;

/** Day in Europe/Rome of an instant in milliseconds since 1970, `YYYY-MM-DD`. */
export const dayInRome = (instant: number): string => rome.format(instant).slice(0, 10);

/**
 * For targets that store an instant: the last second of a day in Europe/Rome, in milliseconds since 1970.
 * That instant has the same date in UTC, so a system that cuts the time off shows the right day too.
 * @param day `YYYY-MM-DD`
 */
export function endOfDayInRome(day: string): number {
  const lastSecond = Date.parse(`${day}T00:00:00Z`) + dayMs - 1000;
  // Until 1979 clocks were changed at midnight: what Rome is ahead then is asked of the instant that was found first.
  return lastSecond - aheadAt(lastSecond - aheadAt(lastSecond));
}

/** How far the clocks of Rome are ahead of UTC, in milliseconds. */
const aheadAt = (instant: number): number =>
  Date.parse(`${rome.format(instant).replace(' ', 'T')}Z`) - instant;
