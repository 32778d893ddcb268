/** Values by the beginning of their period, milliseconds since 1970. Periods without a value are not in it. */
export type Points = ReadonlyMap<number, number>;

/** A time span, cut into periods. */
export interface Span {
  /** The beginnings of the periods. */
  readonly times: readonly number[];
  readonly periodMs: number;
  /** Where it ends, not included; the last period may be longer. */
  readonly toMs: number;
}

/** The periods from a time on, the first beginning there. */
export const spanOf = (fromMs: number, toMs: number, periodMs: number): Span => ({
  times: Array.from(
    { length: Math.max(0, Math.ceil((toMs - fromMs) / periodMs)) },
    (_, index) => fromMs + index * periodMs,
  ),
  periodMs,
  toMs,
});
