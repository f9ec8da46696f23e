import type { Answer } from '#targets';
import type { Weighed } from './answers.ts';

/** A step that failed where others were taken. */
export interface Alone {
  readonly place: number;
  readonly reason: string;
}

/** From so many turns in a row on in which a target failed alone, one bad record is suspected. */
const failuresToSearch = 2;
/** After so many requests in a row that came to nothing, the target is left alone all the same. */
const mostFailures = 3;

/**
 * A target that fails again and again although its system answers may choke on one record. Then a batch that fails is
 * halved, the other batches coming first, until the record stands alone; when it fails once more where others are
 * taken, it is found. Where nothing else is to be sent, what was taken before counts, because a target that failed says that it is
 * ready before anything is sent.
 */
export class BadRecordSearch {
  private readonly failedOnce = new Set<number>();
  private found: Alone[] = [];
  private inARow = 0;
  private readonly isOn: boolean;

  /**
   * @param failures turns in a row in which the target failed alone
   * @param isAnswered it has taken something before
   */
  constructor(
    failures: number,
    private isAnswered: boolean,
  ) {
    this.isOn = failures >= failuresToSearch;
  }

  /**
   * @param batch places of steps, with their answers
   * @returns batches to send again after the others of the wave; null when the turn must stop
   */
  judge(batch: readonly number[], answers: readonly Answer[], weighed: Weighed): number[][] | null {
    const cameToNothing = weighed.outcomes.length === 0;
    this.isAnswered ||= !cameToNothing;
    this.inARow = cameToNothing ? this.inARow + 1 : 0;
    const maySearch = this.isOn && weighed.trouble?.is === 'failing' && this.inARow < mostFailures;
    if (!maySearch) return weighed.mustStop ? null : [];
    if (cameToNothing && batch.length > 1) return halves(batch);
    const failed = failedOf(batch, answers);
    this.found.push(...failed.filter(({ place }) => this.failedOnce.has(place)));
    const first = failed.filter(({ place }) => !this.failedOnce.has(place));
    for (const { place } of first) this.failedOnce.add(place);
    return first.map(({ place }) => [place]);
  }

  /** What failed twice, when something else was taken, now or before. */
  takeFound(): Alone[] {
    return this.isAnswered ? this.found.splice(0) : [];
  }
}

function halves(batch: readonly number[]): number[][] {
  const middle = Math.ceil(batch.length / 2);
  return [batch.slice(0, middle), batch.slice(middle)];
}

const failedOf = (batch: readonly number[], answers: readonly Answer[]): Alone[] =>
  batch.flatMap((place, i) => {
    const answer = answers[i];
    return answer?.is === 'failing' || answer?.is === 'unknown' ? [{ place, reason: answer.reason }] : [];
  });
