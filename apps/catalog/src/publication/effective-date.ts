/** Today in Europe/Rome, `YYYY-MM-DD`. */
export function today(now: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome' }).format(now);
}
