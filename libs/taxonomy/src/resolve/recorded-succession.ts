import type { SuccessionKind, SuccessionLink } from '../change.ts';

/** A succession as the catalog keeps it for good. */
export interface RecordedSuccession extends SuccessionLink {
  /** The first revision that has the successor's side. */
  readonly revision: number;
  readonly kind: SuccessionKind;
  /** The predecessor itself goes on beside its successors. */
  readonly continues: boolean;
}
