import { dayOf, isDay, type ResolvePoint } from '#contracts';
import { isRefusal, refuse, type Refusal } from '#platform';
import { say } from '#words';

/** A revision to resolve from or to. */
export type Point = ResolvePoint;

const mostNamed = 20;

/** The revisions of a scheme in order, by the ways in which people name one: number, day, edition. */
export class Timeline {
  private readonly byNumber: ReadonlyMap<number, Point>;
  private readonly byEdition: ReadonlyMap<string, readonly Point[]>;
  private readonly numbersByEdition: ReadonlyMap<string, readonly number[]>;

  /** @param points in order of number */
  constructor(private readonly points: readonly Point[]) {
    this.byNumber = new Map(points.map((point) => [point.revision, point]));
    this.byEdition = Map.groupBy(points, ({ edition }) => edition);
    this.numbersByEdition = new Map(
      [...this.byEdition].map(([label, ofEdition]) => [label, ofEdition.map(({ revision }) => revision)]),
    );
  }

  get first(): Point | undefined {
    return this.points[0];
  }

  get inForce(): Point | undefined {
    return this.points.at(-1);
  }

  at(number: number): Point | undefined {
    return this.byNumber.get(number);
  }

  /** Numbers of the revisions of an edition, the oldest first; none when nobody knows it. Others may stand between them. */
  numbersOf(label: string): readonly number[] {
    return this.numbersByEdition.get(label) ?? [];
  }

  /** As `findAll`; of an edition its last revision. */
  find(named: string): Point | Refusal {
    const found = this.findAll(named);
    return isRefusal(found) ? found : (found.at(-1) ?? this.unknown(named));
  }

  /**
   * @param named a revision number, else a Europe/Rome day as 2026-01-31 or, as Excel writes it in Italy, 31/01/2026 (the
   * revision in force on it), else the label of an edition
   * @returns the revision; those of an edition all, the oldest first
   */
  findAll(named: string): readonly Point[] | Refusal {
    const text = named.trim();
    const numbered = /^-?\d{1,9}$/.test(text) ? this.byNumber.get(Number(text)) : undefined;
    if (numbered) return [numbered];
    const day = dayOf(text);
    if (day) return isDay(day) ? this.onDay(day) : this.noDay(text);
    return this.byEdition.get(text) ?? this.unknown(text);
  }

  private onDay(day: string): readonly Point[] | Refusal {
    const point = this.points.findLast(({ effectiveDate }) => effectiveDate <= day);
    if (point) return [point];
    return refuse('nothing-in-force', {
      title: say`Nothing was in force on that day`,
      detail: say`The earliest edition known is valid from ${this.first?.effectiveDate ?? '–'}; ${day} is earlier.`,
    });
  }

  private noDay(text: string): Refusal {
    return refuse('day-unknown', {
      title: say`There is no such day`,
      detail: say`"${text}" is not a day of the calendar.`,
    });
  }

  private unknown(text: string): Refusal {
    const editions = [...new Set(this.points.map(({ edition }) => edition))].slice(-mostNamed);
    return refuse('point-unknown', {
      title: say`There is no such revision or edition`,
      detail: say`"${text.slice(0, 100)}" is neither a revision number (${this.first?.revision ?? '-'} to ${this.inForce?.revision ?? '-'}), nor a day as 2026-01-31, nor an edition: ${editions.join(', ')}.`,
    });
  }
}
