import type { EnrichedEvent, EnrichmentStatus, EventRow, Lookup } from '@acme/telemetry-schema';
import { type Dimension, type DimensionName, dimensions as all } from './dimensions/index.ts';
import type { Patience } from './lookup/fetch.ts';
import type { LookUp } from './lookup/look-up.ts';

/** What the lookups of some events came to, in one dimension. */
export interface Tally {
  readonly dimension: string;
  /** Events that were a hit, a miss, or found what was out of date. */
  readonly hit: number;
  readonly miss: number;
  readonly stale: number;
  /** Distinct keys that they asked for, and how many of them the cache answered. */
  readonly keys: number;
  readonly cached: number;
}

export interface Enriched {
  /** A row for each event, in their order. */
  readonly rows: readonly EnrichedEvent[];
  readonly tallies: readonly Tally[];
  /** Calls of DynamoDB. */
  readonly calls: number;
}

/** How events are enriched. */
export interface Enriching extends Patience {
  readonly lookUp: LookUp;
  /** @default all there are */
  readonly dimensions?: readonly Dimension[];
}

/**
 * Events with what is known about what they name. None is ever dropped: of a dimension that knows nothing its columns
 * are left out, and the row says so.
 *
 * @throws HeldBackError, MissingTableError: nothing has been enriched
 */
export const enrich = async (
  events: readonly EventRow[],
  { lookUp, dimensions = all, ...patience }: Enriching,
): Promise<Enriched> => {
  const keys = dimensions.map(({ keyOf }) => events.map(keyOf));
  const distinct = new Map(dimensions.map((dimension, at) => [dimension, new Set(keys[at]?.filter(isKey))] as const));
  const { by, calls } = await lookUp(distinct, patience);

  const rows = events.map((event): Record<string, unknown> => ({ ...event }));
  const asked = new Uint8Array(events.length);
  const found = new Uint8Array(events.length);
  const stale = new Uint8Array(events.length);
  const tallies = dimensions.map((dimension, at): Tally => {
    const { known, keys: distinctKeys, cached } = by.get(dimension) ?? { known: new Map(), keys: 0, cached: 0 };
    const columns = columnsOf(dimension);
    const sums = { hit: 0, miss: 0, stale: 0 };
    keys[at]?.forEach((key, index) => {
      if (key === undefined) return;
      const row = rows[index] as Record<string, unknown>;
      const answer = known.get(key);
      const lookup: Lookup =
        answer === undefined ? 'miss' : isStale(answer.freshUntilMs, events[index] as EventRow) ? 'stale' : 'hit';
      sums[lookup] += 1;
      asked[index] = (asked[index] as number) + 1;
      row[columns.lookup] = lookup;
      if (answer === undefined) return;
      found[index] = (found[index] as number) + 1;
      if (lookup === 'stale') stale[index] = 1;
      row[columns.version] = answer.version;
      for (const [column, value] of answer.columns) row[column] ??= value;
    });
    return { dimension: dimension.name, ...sums, keys: distinctKeys, cached };
  });
  rows.forEach((row, index) => {
    row['enrichment_status'] = statusOf(asked[index] as number, found[index] as number, stale[index] === 1);
  });
  return { rows: rows as unknown as EnrichedEvent[], tallies, calls };
};

/** The columns that say what came of a lookup: `customers_lookup`, `customers_version`. */
export const columnsOf = ({ name }: Pick<Dimension, 'name'>) =>
  ({ lookup: `${name as DimensionName}_lookup`, version: `${name as DimensionName}_version` }) as const;

const isKey = (key: string | undefined): key is string => key !== undefined;

const isStale = (freshUntilMs: number, { event_timestamp }: EventRow): boolean =>
  freshUntilMs !== Infinity && Date.parse(event_timestamp) >= freshUntilMs;

/** What came of it altogether, from how many dimensions an event asked for and how many knew something. */
export const statusOf = (asked: number, found: number, hasStale: boolean): EnrichmentStatus =>
  found === asked && !hasStale ? 'complete' : found === 0 ? 'none' : 'partial';
