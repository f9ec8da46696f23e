import { personFrom } from '../audit/person.ts';

/** Three people of tests. */
export const editor = personFrom('00000000-0000-4000-a000-000000000001');
export const approver = personFrom('00000000-0000-4000-a000-000000000002');
export const secondApprover = personFrom('00000000-0000-4000-a000-000000000003');
