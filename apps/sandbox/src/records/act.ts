/** Who writes, and when (milliseconds since 1970). */
export interface Act {
  readonly user: string;
  readonly now: number;
}
