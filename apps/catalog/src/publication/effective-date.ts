import { refuse, type Refusal } from '#platform';

/** Today in Europe/Rome, `YYYY-MM-DD`. */
export function today(now: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome' }).format(now);
}

/** The day a publication is valid from: today, or an earlier day that is asked for. A later one must be sealed for its day. */
export function effectiveDateOf(asked: string | undefined, now: Date): string | Refusal {
  const day = today(now);
  if (asked === undefined || asked <= day) return asked ?? day;
  return refuse('date-in-the-future', {
    title: 'A revision comes into force when it is published',
    detail: `${asked} has not come yet; today is ${day}. Publish on that day.`,
  });
}
