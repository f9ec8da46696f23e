import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { inTransaction } from '#platform';
import { act } from '../operations/act.ts';
import { skip, unskip } from '../operations/skip.ts';
import { pin } from '../rollout/pin.ts';
import { readBack } from './read-back-now.ts';
import type { SimulatedRecord, SimulatedTarget } from './simulated-target.ts';

const ofPeople = ['pause', 'resume', 'retry', 'resync', 'skip', 'unskip', 'pin', 'unpin', 'check'] as const;
const ofTarget = ['refuse', 'accept', 'lose-answers'] as const;
/** Of somebody else who works in the target. */
const behindOurBack = ['alter', 'remove'] as const;
const kinds = [...ofPeople, ...ofTarget, ...behindOurBack, 'nothing'] as const;

/** What people do about a target and in it, and what it does itself, in the midst of a delivery or between two. */
export interface SomeAct {
  readonly is: (typeof kinds)[number];
  readonly code: string;
  readonly revision: number;
}

export const anyActs: fc.Arbitrary<SomeAct[]> = fc.array(
  fc.record({
    is: fc.constantFrom(...kinds),
    code: fc.integer({ min: 1, max: 7 }).map((n) => `A${n}`),
    revision: fc.integer({ min: 1, max: 4 }),
  }),
  { maxLength: 8 },
);

/** What is refused, because it makes no sense just then, is refused. @param id of the target, which is alone on its system */
export async function perform(
  db: DataSource,
  id: string,
  target: SimulatedTarget,
  { is, code, revision }: SomeAct,
): Promise<void> {
  switch (is) {
    case 'pause':
    case 'resume':
    case 'retry':
    case 'resync':
      await inTransaction(db, (transaction) => act(transaction, is, id));
      break;
    case 'skip':
      await inTransaction(db, (transaction) => skip(transaction, id, code, 'no'));
      break;
    case 'unskip':
      await inTransaction(db, (transaction) => unskip(transaction, id, code));
      break;
    case 'pin':
    case 'unpin':
      await inTransaction(db, (transaction) => pin(transaction, id, is === 'pin' ? revision : null));
      break;
    case 'check':
      await readBack(db, id, target);
      break;
    case 'refuse':
      target.refusedCodes.add(code);
      break;
    case 'accept':
      target.refusedCodes.delete(code);
      break;
    case 'lose-answers':
      target.interfere = () => {
        target.interfere = () => null;
        return 'lose-answers';
      };
      break;
    case 'alter':
      for (const record of withCode(target, code)) record.content = { ...record.content, title: 'altered' };
      break;
    case 'remove':
      for (const { id: gone } of withCode(target, code)) target.records.delete(gone);
      break;
    case 'nothing':
  }
}

const withCode = (target: SimulatedTarget, code: string): SimulatedRecord[] =>
  [...target.records.values()].filter(({ content }) => content.code === code);
