import { quarantineFolder } from '@acme/lake-layout';
import { BatchEntry } from '@acme/lambda-kit';
import { columnsOf } from './columns.ts';
import type { Database } from './database.ts';
import { loadItems } from './items.ts';
import { filesOf, instantOf, ledgerFiles, type Objects, readJson, readRows, rowFiles } from './objects.ts';
import type { ObjectSink, Sink } from './sinks.ts';
import type { Tables } from './tables.ts';
import { inWindow, type Window } from './window.ts';

/** Where sinks keep what they took. */
export interface Stores {
  readonly objects: Objects;
  readonly tables: Tables;
  /** The first day that queries see, such as 2025-01-01. @default what compaction noted last */
  readonly firstDay?: string | undefined;
}

const hour = (ms: string): string => `(${ms} // 3600000)`;

/**
 * Loads what is on record about a sink, each record and each event once. Entries cover positions: after a kill the same
 * records come in other batches, and entries overlap.
 *
 * - `entries`, a view: as the sink wrote them
 * - `records`: every record of its stream and the window that a receipt, the auditor or the sink knows of; `hour` is that of its
 *   arrival, in hours since 1970
 * - `events`: every event, by a 64-bit hash of its id: the hour in which the sink took it (NULL: it never did), and how
 *   often it lies in the sink's rows, and the first and the last instant that these give it (ms since 1970). Two of ten
 *   million ids share a hash once in 400,000 audits.
 */
export const loadSink = async (
  database: Database,
  { objects, tables }: Stores,
  window: Window,
  sink: Sink,
): Promise<void> => {
  const { consumer, stream, id, time } = sink;
  const entries = readJson(ledgerFiles(objects, consumer, window), columnsOf(BatchEntry), 'zstd');
  const aside = readJson(
    filesOf(objects, quarantineFolder(consumer)),
    { index: 'BIGINT', source: 'VARCHAR', shard: 'VARCHAR', sequence: 'VARCHAR' },
    'uncompressed',
  );
  for (const sql of [
    `CREATE OR REPLACE VIEW entries AS FROM ${entries} WHERE NOT "bestEffort"`,
    `CREATE OR REPLACE TABLE taken AS
     SELECT source, shard, r.sequence AS sequence, ANY_VALUE(r."arrivedAtMs") AS at_ms, ANY_VALUE(r."in") AS "in",
            ANY_VALUE(r.bad) AS bad, ANY_VALUE(len(r.ids)) AS good, ANY_VALUE(hash(r.ids)) AS ids,
            COUNT(DISTINCT hash(r."in", r.bad, r.ids)) > 1 AS "isContradicted"
     FROM (SELECT source, shard, UNNEST(records) AS r FROM entries) GROUP BY ALL`,
    `CREATE OR REPLACE TABLE records AS
     SELECT source, shard, sequence, ${hour('COALESCE(seen.at_ms, taken.at_ms, receipted.at_ms)')} AS hour, seen.lines AS lines,
            receipted.events AS receipted, taken."in" AS "in", taken.good AS good, taken.bad AS bad,
            COALESCE(put.events, 0) AS aside, "isContradicted", receipted.ids <> taken.ids AS "hasOtherIds"
     FROM seen FULL JOIN receipted USING (source, shard, sequence) FULL JOIN taken USING (source, shard, sequence)
     LEFT JOIN (SELECT source, shard, sequence, COUNT(DISTINCT index) AS events FROM ${aside} GROUP BY ALL) AS put
          USING (source, shard, sequence)
     WHERE ends_with(source, '${stream}') AND ${inWindow(window, 'COALESCE(seen.at_ms, taken.at_ms, receipted.at_ms)')}`,
    `CREATE OR REPLACE VIEW good_ids AS
     SELECT UNNEST(r.ids) AS id, ${hour('r."arrivedAtMs"')} AS hour
     FROM (SELECT UNNEST(records) AS r FROM entries) WHERE ${inWindow(window, 'r."arrivedAtMs"')}`,
  ]) {
    await database.run(sql);
  }
  const rows =
    'prefix' in sink
      ? readRows(rowFilesOf(objects, sink, window), { [id]: 'VARCHAR', [time]: 'VARCHAR' })
      : await loadItems(database, tables, sink, window);
  for (const sql of [
    `CREATE OR REPLACE VIEW rows_there AS
     SELECT "${id}" AS id, ${instantOf(`"${time}"`)} AS instant FROM ${rows} WHERE "${id}" IS NOT NULL`,
    `CREATE OR REPLACE TABLE events AS
     SELECT key, MIN(hour) AS hour, SUM(copies)::INTEGER AS copies, MIN(instant) AS "firstMs", MAX(instant) AS "lastMs"
     FROM (SELECT hash(id) AS key, hour::INTEGER AS hour, 0 AS copies, NULL AS instant FROM good_ids
           UNION ALL SELECT hash(id), NULL, 1, instant FROM rows_there)
     GROUP BY key`,
  ]) {
    await database.run(sql);
  }
};

/** The objects of a sink that may hold rows of the window. */
export const rowFilesOf = (objects: Objects, { prefix, hoursOf }: ObjectSink, window: Window): string[] =>
  rowFiles(objects, prefix, hoursOf === 'event' ? {} : window);
