import { draftStateSchema, type DraftState } from '#contracts';

export const draftStates = draftStateSchema.options;

export const draftActions = [
  'edit',
  'submit',
  'approve',
  'reject',
  'withdraw',
  'seal',
  'publish',
  'place-before',
  'cut-over',
  'return',
  'discard',
] as const;
export type DraftAction = (typeof draftActions)[number];

/** What happens to a sealed set without anybody asking for it. */
export const byItself: ReadonlySet<DraftAction> = new Set(['cut-over', 'return']);

/** What may be done to a draft, and where it leads. What is not here is refused. */
export const transitions: Readonly<Record<DraftState, Readonly<Partial<Record<DraftAction, DraftState>>>>> = {
  open: { edit: 'open', submit: 'submitted', discard: 'discarded' },
  submitted: {
    edit: 'open',
    approve: 'approved',
    reject: 'rejected',
    withdraw: 'withdrawn',
    discard: 'discarded',
  },
  approved: {
    edit: 'open',
    publish: 'published',
    'place-before': 'published',
    seal: 'sealed',
    reject: 'rejected',
    withdraw: 'withdrawn',
    discard: 'discarded',
  },
  sealed: { 'cut-over': 'published', return: 'open', withdraw: 'withdrawn' },
  rejected: { edit: 'open', submit: 'submitted', discard: 'discarded' },
  withdrawn: { edit: 'open', submit: 'submitted', discard: 'discarded' },
  published: {},
  discarded: {},
};
