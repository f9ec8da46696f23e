import { z } from 'zod';

const toOldRecords = z.enum(['follow', 'succeed']);

/**
 * What happens to old records of a profile.
 * - `follow`: the same record shows the new code or meaning;
 * - `succeed`: a new record is made, and the old one ends and is otherwise untouched, save for a suffix on its code where
 *   codes must be unique, because what refers to it (closed time sheets, filed documents) must not change its meaning.
 */
export const policiesSchema = z.strictObject({
  /** The entry has another code, and nobody has the old one. */
  renumbered: toOldRecords.optional(),
  /** Another entry has the old code. */
  reused: toOldRecords.optional(),
  /** Its notes say something else. */
  redefined: toOldRecords.optional(),
  /**
   * A record that is no longer wanted says its last day, or only that it is out of use. `delete`: it says its last day, and is then
   * deleted where nothing uses it, when its entry has left the map; one that another succeeds only ends.
   */
  retire: z.enum(['end-date', 'deactivate', 'delete']).optional(),
  /** What is found otherwise than it was acknowledged is mended, or only reported. */
  drift: z.enum(['repair', 'report']).optional(),
  /** Percent of the records that a target is known to hold: when more are found wrong, an operator decides. */
  driftLimit: z.int().min(0).max(100).optional(),
});

export interface Policies {
  readonly renumbered: 'follow' | 'succeed';
  readonly reused: 'follow' | 'succeed';
  readonly redefined: 'follow' | 'succeed';
  readonly retire: 'end-date' | 'deactivate' | 'delete';
  readonly drift: 'repair' | 'report';
  readonly driftLimit: number;
}

/** What a profile says of old records; what it leaves out is as usual. */
export type ChosenPolicies = z.infer<typeof policiesSchema>;

/** @param kind of the profile: in HR and records systems old records keep their meaning */
export function policiesOf(kind: string, chosen: ChosenPolicies): Policies {
  const usual = kind === 'crm' ? 'follow' : 'succeed';
  const {
    renumbered = usual,
    reused = usual,
    redefined = usual,
    retire = 'end-date',
    drift = 'repair',
    driftLimit = 20,
  } = chosen;
  return { renumbered, reused, redefined, retire, drift, driftLimit };
}

/** Whether any record may be succeeded by another one of its concept. */
export const maySucceed = ({ renumbered, reused, redefined }: Policies): boolean =>
  [renumbered, reused, redefined].includes('succeed');
