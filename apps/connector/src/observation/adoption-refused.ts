import { refuse, type Refusal } from '#platform';
import type { ConceptId } from '#taxonomy';
import { say, type Sentence } from '#words';
import { unknownTarget } from '../operations/act.ts';
import type { Adoption } from './schemas.ts';

/** What the ledger says, when a person decides what a record is. */
export interface Standing {
  readonly mode: 'observe' | 'on';
  /** Something is being sent, or was sent and not answered. */
  readonly isUnderWay: boolean;
  /** Concept of the record. */
  readonly linkedTo: ConceptId | null;
  /** Record of the concept that is in use, or waits to be deleted. */
  readonly heldBy: string | null;
  /** The map of the target has, or had, the concept under a code. */
  readonly isKnown: boolean;
}

/** Why a record cannot be adopted, or declared not ours; null: it can. */
export function refuseAdoption(
  targetId: string,
  { externalId, conceptId }: Adoption,
  standing: Standing | undefined,
): Refusal | null {
  if (!standing) return unknownTarget(targetId);
  const { mode, isUnderWay, linkedTo, heldBy, isKnown } = standing;
  if (mode === 'observe') {
    return conflict(
      'only-observed',
      say`The target is only observed`,
      say`Whose the records of "${targetId}" are is decided when it is turned on.`,
    );
  }
  if (isUnderWay) {
    return conflict(
      'delivery-under-way',
      say`A delivery to the target is under way`,
      say`What is being sent to "${targetId}" may make a record of the same entry. Try again when it is done.`,
    );
  }
  if (linkedTo !== null) {
    const detail = say`"${externalId}" is the record of ${linkedTo}.`;
    return conflict('record-linked', say`The record is ours already`, detail);
  }
  if (conceptId === null) return null;
  if (!isKnown) {
    return refuse('concept-unknown', {
      status: 404,
      title: say`The map has no such entry with a code`,
      detail: say`The map of "${targetId}" never had ${conceptId} under a code.`,
    });
  }
  if (heldBy === null) return null;
  const detail = say`The record "${heldBy}" shows ${conceptId}.`;
  return conflict('concept-has-record', say`The entry has a record already`, detail);
}

const conflict = (code: string, title: Sentence, detail: Sentence): Refusal =>
  refuse(code, { status: 409, title, detail });
