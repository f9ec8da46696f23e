import type { Fault } from '../faults/fault.ts';
import type { Words } from './words.ts';

/** A fault in force in one line, `risponde 503, riprovare dopo 5, fino alle 10:15:00`. */
export function faultText(fault: Fault, words: Words): string {
  const clock = new Intl.DateTimeFormat(words.lang, { timeStyle: 'medium', timeZone: 'Europe/Rome' });
  return [
    whatOf(fault, words),
    fault.endsAt === null ? null : `${words.until} ${clock.format(fault.endsAt)}`,
    fault.timesLeft === null ? null : `${fault.timesLeft} ${words.times}`,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

function whatOf(fault: Fault, words: Words): string {
  switch (fault.kind) {
    case 'status': {
      const wait = fault.retryAfter === null ? '' : `, ${words.retryAfter} ${fault.retryAfter}`;
      return `${words.answers} ${fault.status}${wait}`;
    }
    case 'delayMs':
      return `${words.delayed} ${fault.delayMs} ms`;
    case 'refuseCode':
      return `${words.refuses} ${fault.codes.join(', ')}`;
    case 'chokeOn':
      return `${words.chokes} ${fault.codes.join(', ')}`;
    default:
      return fault.drop === 'before' ? words.cutsBefore : words.cutsAfter;
  }
}
