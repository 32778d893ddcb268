import type { Dimension, LookupRow } from '../dimensions/index.ts';

/** What an event gets of a row that was found: values by column, those that the row has. */
export interface Known {
  readonly version: number;
  readonly columns: readonly (readonly [column: string, value: string | number | boolean])[];
  /** Until when it is good, in ms UTC. */
  readonly freshUntilMs: number;
}

/** The same for a row that a dimension's table holds. */
export const knownOf = ({ columns }: Dimension, { version, row, freshUntil }: LookupRow): Known => ({
  version,
  columns: Object.entries(columns).flatMap(([column, field]) => {
    const value = row[field];
    return value === undefined ? [] : [[column, value] as const];
  }),
  freshUntilMs: freshUntil === undefined ? Infinity : freshUntil * 1000,
});

/** A key of a dimension that somebody asks for. */
export interface Asked {
  readonly dimension: Dimension;
  readonly key: string;
}
