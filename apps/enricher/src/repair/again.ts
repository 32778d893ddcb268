import { isDeepStrictEqual } from 'node:util';
import { type EnrichedEvent, EventRow, type Lookup } from '@acme/telemetry-schema';
import { type Dimension, dimensions as all } from '../dimensions/index.ts';
import { columnsOf, enrich, statusOf } from '../enrich.ts';
import type { Patience } from '../lookup/fetch.ts';
import type { LookUp } from '../lookup/look-up.ts';

/** How rows are looked up again. */
export interface LookingAgain extends Patience {
  readonly lookUp: LookUp;
  readonly dimensions: readonly Dimension[];
}

/** Rows after they were looked up again, and what that came to. */
export interface LookedAgain {
  /** In their order; those that gained nothing are as they were. */
  readonly rows: readonly EnrichedEvent[];
  /** Rows that gained something. */
  readonly repaired: number;
  /** Rows that still lack something that they ask for. */
  readonly lacking: number;
  /** By dimension: lookups that are hits now. */
  readonly hits: Readonly<Record<string, number>>;
}

type Columns = Record<string, unknown>;

/**
 * Dimensions that look up again only what a row lacks: what was missing or out of date, or was no dimension yet when the
 * row was written. What was a hit stays as it was known when the event came.
 */
export const lackingOnly = (dimensions: readonly Dimension[] = all): Dimension[] =>
  dimensions.map((dimension) => ({
    ...dimension,
    keyOf: (row) => (lookupIn(row, dimension) === 'hit' ? undefined : dimension.keyOf(row)),
  }));

/**
 * Looks up again what rows lack. A row gains a dimension or stays as it is: what was out of date and has not been renewed
 * is kept.
 *
 * @param dimensions those of `lackingOnly`
 * @throws HeldBackError, MissingTableError
 */
export const lookAgain = async (
  rows: readonly EnrichedEvent[],
  { dimensions, ...looking }: LookingAgain,
): Promise<LookedAgain> => {
  const bare = rows.map((row) => withoutStale(row, dimensions));
  const { rows: anew } = await enrich(bare, { ...looking, dimensions });
  const hits: Record<string, number> = {};
  const after = anew.map((row, at) => {
    const before = rows[at] as EnrichedEvent;
    const merged: Columns = { ...row };
    for (const dimension of dimensions) {
      const [was, is] = [lookupIn(before, dimension), lookupIn(row, dimension)];
      if (was === 'stale' && is !== 'hit') keepColumns(before, merged, dimension);
      else if (was !== 'hit' && is === 'hit') hits[dimension.name] = (hits[dimension.name] ?? 0) + 1;
    }
    merged['enrichment_status'] = statusIn(merged, dimensions);
    return isDeepStrictEqual(before, merged) ? before : (merged as unknown as EnrichedEvent);
  });
  return {
    rows: after,
    repaired: after.filter((row, at) => row !== rows[at]).length,
    lacking: after.filter(({ enrichment_status }) => enrichment_status !== 'complete').length,
    hits,
  };
};

const lookupIn = (row: object, dimension: Dimension): Lookup | undefined =>
  (row as Columns)[columnsOf(dimension).lookup] as Lookup | undefined;

/** The columns that only a dimension fills; others an event may have filled itself, and they stay. */
const ownColumns = (dimension: Dimension): string[] => [
  columnsOf(dimension).version,
  ...Object.keys(dimension.columns).filter((column) => !(column in EventRow.shape)),
];

const withoutStale = (row: EnrichedEvent, dimensions: readonly Dimension[]): EnrichedEvent => {
  const stale = dimensions.filter((dimension) => lookupIn(row, dimension) === 'stale');
  if (stale.length === 0) return row;
  const gone = new Set(stale.flatMap(ownColumns));
  return Object.fromEntries(Object.entries(row).filter(([column]) => !gone.has(column))) as unknown as EnrichedEvent;
};

const keepColumns = (from: object, to: Columns, dimension: Dimension): void => {
  for (const column of [columnsOf(dimension).lookup, ...ownColumns(dimension)]) {
    const value = (from as Columns)[column];
    if (value === undefined) delete to[column];
    else to[column] = value;
  }
};

const statusIn = (row: object, dimensions: readonly Dimension[]): EnrichedEvent['enrichment_status'] => {
  const lookups = dimensions.flatMap((dimension) => lookupIn(row, dimension) ?? []);
  const found = lookups.filter((lookup) => lookup !== 'miss').length;
  return statusOf(lookups.length, found, lookups.includes('stale'));
};
