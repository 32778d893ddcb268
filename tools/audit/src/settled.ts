import { streamReader } from '@acme/lake-layout';
import { BatchEntry } from '@acme/lambda-kit';
import { columnsOf } from './columns.ts';
import { withDatabase } from './database.ts';
import { ledgerFiles, type Objects, readJson } from './objects.ts';
import type { Sink } from './sinks.ts';
import { loadStream } from './stream-records.ts';

/**
 * How long what a consumer has taken may be on its way to where it lies, on a laptop: Firehose there writes every ten
 * seconds, and a start after a kill takes five.
 */
const landsWithinMs = 60_000;

/** The part of a running platform's ledger in which nothing is on its way any more. */
export interface Settled {
  /** The arrival at which it ends, ms UTC; the end is not part of it. */
  readonly toMs: number;
  /** Of the readers that have been no further, the first by name. Undefined when all have been everywhere. */
  readonly behind: string | undefined;
  /** The records on the streams that are left out. */
  readonly later: number;
}

/**
 * Up to which arrival every consumer has taken everything, by what is on record: before it lies each record that a
 * consumer has passed, taken or lost; what it has not got to is no loss yet. So a consumer that stands still ends the
 * window where it stands, and is named.
 */
export const settled = (objects: Objects, sinks: readonly Sink[], nowMs: number): Promise<Settled> =>
  withDatabase(async (database) => {
    await loadStream(database, objects, {});
    const passed = [
      ...[...new Set(sinks.map(({ stream }) => stream))].map((stream) => passedBy(streamReader, stream, 'seen')),
      ...sinks.map(({ consumer, stream }) => {
        const entries = readJson(ledgerFiles(objects, consumer, {}), columnsOf(BatchEntry), 'zstd');
        const records = `SELECT source, shard, UNNEST(records) AS r FROM ${entries} WHERE NOT "bestEffort"`;
        return passedBy(consumer, stream, `(SELECT source, shard, r.sequence AS sequence FROM (${records}))`);
      }),
    ];
    const latest = nowMs - landsWithinMs;
    const [next] = await database.rows<{ reader: string; firstMs: number }>(`
      WITH passed AS (${passed.join(' UNION ALL ')}),
      known AS (${known}),
      readers AS (${readersOf(sinks)})
      SELECT reader, MIN(at_ms) AS "firstMs" FROM known JOIN readers ON ends_with(known.source, readers.stream)
      LEFT JOIN passed USING (reader, source, shard)
      WHERE passed.last IS NULL OR ${place} > passed.last
      GROUP BY reader ORDER BY "firstMs", reader LIMIT 1`);
    const toMs = Math.min(next?.firstMs ?? latest, latest);
    const [{ later } = { later: 0 }] = await database.rows<{ later: number }>(
      `SELECT COUNT(*) AS later FROM (${known}) WHERE at_ms >= ${toMs}`,
    );
    return { toMs, behind: next?.firstMs === toMs ? next.reader : undefined, later };
  });

/** A sequence number as what sorts like the number: Kinesis' have 56 digits, more than any number type. */
const place = `row(length(sequence), sequence)`;

const known = `
  SELECT source, shard, sequence, COALESCE(seen.at_ms, receipted.at_ms) AS at_ms
  FROM seen FULL JOIN receipted USING (source, shard, sequence)`;

const passedBy = (reader: string, stream: string, records: string): string =>
  `SELECT '${reader}' AS reader, source, shard, MAX(${place}) AS last FROM ${records}
   WHERE ends_with(source, '${stream}') GROUP BY ALL`;

const readersOf = (sinks: readonly Sink[]): string =>
  sinks
    .flatMap(({ consumer, stream }) => [
      `SELECT '${streamReader}' AS reader, '${stream}' AS stream`,
      `SELECT '${consumer}', '${stream}'`,
    ])
    .join(' UNION ');
