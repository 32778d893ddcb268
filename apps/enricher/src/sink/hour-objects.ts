import { enrichedKey } from '@acme/lake-layout';
import { rangeOf, type SourceRecord } from '@acme/lambda-kit';
import type { EnrichedEvent, Family } from '@acme/telemetry-schema';

/** Rows of one hour, and where they go. */
export interface HourObject {
  readonly key: string;
  readonly rows: readonly EnrichedEvent[];
}

/**
 * A batch's rows by the hour that they happened in. Names come of stream, shard and sequence range, so that a retry of
 * the batch overwrites what it wrote before.
 */
export const hourObjects = (
  family: Family,
  batch: readonly [SourceRecord, ...SourceRecord[]],
  rows: readonly EnrichedEvent[],
): HourObject[] => {
  const { source, shard } = batch[0].position;
  const name = `${source}.${shard}.${rangeOf(batch)}`;
  const byHour = Map.groupBy(rows, ({ event_timestamp }) => event_timestamp.slice(0, 'yyyy-mm-ddThh'.length));
  return Array.from(byHour, ([hour, some]) => ({
    key: enrichedKey(family, hour, name),
    rows: some,
  }));
};
