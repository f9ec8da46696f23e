import { expect, test } from 'vitest';
import { approver, editor, secondApprover } from '../testing/people.ts';
import { decideApproval, type ApprovalCase } from './decide-approval.ts';

const submitted: ApprovalCase = {
  by: approver,
  submissionHash: 'a',
  seenHash: 'a',
  editors: new Set([editor]),
  approvedBy: new Set(),
  needed: 1,
};

test('one approval of somebody who had no hand in the draft is enough', () => {
  expect(decideApproval(submitted)).toEqual({ state: 'approved', missing: 0 });
});

test('where two are needed, the first leaves it submitted and the second of another person approves it', () => {
  expect(decideApproval({ ...submitted, needed: 2 })).toEqual({ state: 'submitted', missing: 1 });
  const once = { ...submitted, needed: 2, approvedBy: new Set([approver]) };
  expect(decideApproval(once)).toMatchObject({ code: 'approved-already' });
  expect(decideApproval({ ...once, by: secondApprover })).toEqual({ state: 'approved', missing: 0 });
});

test('who edited cannot approve', () => {
  expect(decideApproval({ ...submitted, by: editor })).toMatchObject({ code: 'four-eyes', status: 403 });
});

test('an approval is for the content that was looked at', () => {
  expect(decideApproval({ ...submitted, seenHash: 'b' })).toMatchObject({ code: 'approval-stale' });
});
