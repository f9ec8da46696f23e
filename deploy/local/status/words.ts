import type { TargetState } from '#contracts';

interface StatusWords {
  readonly head: readonly string[];
  readonly states: Readonly<Record<TargetState, string>>;
  readonly of: string;
  readonly days: string;
  readonly nothing: string;
  changes(count: number): string;
  more(count: number): string;
  stopped(since: string, reason: string): string;
}

/** What stands in the table of the status. States are those of docs/operations.md. */
export const words: Readonly<Record<'it' | 'en', StatusWords>> = {
  it: {
    head: [
      'sistema collegato',
      'tipo',
      'stato',
      'versione',
      'voci',
      'bloccate',
      'in ritardo di',
      'indirizzo',
    ],
    states: {
      observe: 'osservato',
      paused: 'in pausa',
      quarantined: 'in quarantena',
      held: 'trattenuto',
      unreachable: 'irraggiungibile',
      stuck: 'con blocchi',
      behind: 'in ritardo',
      drifted: 'alterato',
      'in-step-except': 'allineato salvo esclusi',
      'in-step': 'allineato',
    },
    of: 'di',
    days: 'giorni',
    nothing: 'Non è registrato alcun sistema collegato.',
    changes: (count) => (count === 1 ? 'variazione' : 'variazioni'),
    more: (count) => (count === 1 ? 'e un’altra' : `e altre ${count}`),
    stopped: (since, reason) =>
      `TUTTI GLI INVII SONO FERMI dal ${since}: ${reason}\nPer riprendere: POST /api/v1/deliveries/resume`,
  },
  en: {
    head: ['target', 'kind', 'state', 'revision', 'items', 'stuck', 'behind', 'address'],
    states: {
      observe: 'observe',
      paused: 'paused',
      quarantined: 'quarantined',
      held: 'held',
      unreachable: 'unreachable',
      stuck: 'stuck',
      behind: 'behind',
      drifted: 'drifted',
      'in-step-except': 'in-step-except',
      'in-step': 'in-step',
    },
    of: 'of',
    days: 'days',
    nothing: 'No targets are registered.',
    changes: (count) => (count === 1 ? 'change' : 'changes'),
    more: (count) => `and ${count} more`,
    stopped: (since, reason) =>
      `ALL DELIVERIES ARE STOPPED since ${since}: ${reason}\nTo let them go on: POST /api/v1/deliveries/resume`,
  },
};
