import { today } from '../publication/effective-date.ts';

const hourOfRome = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Rome',
  hour: '2-digit',
  hourCycle: 'h23',
});

/** Whether it is night in Rome (from three to five) on a day that was not looked at yet. */
export function isDue(now: Date, lastDay: string | null): boolean {
  const hour = Number(hourOfRome.format(now));
  return hour >= 3 && hour < 5 && today(now) !== lastDay;
}
