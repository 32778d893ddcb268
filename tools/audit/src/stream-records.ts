import { producerQuarantine, quarantineFolder, receiptWriter, streamReader } from '@acme/lake-layout';
import { Receipt, SeenEntry } from '@acme/lambda-kit';
import { columnsOf } from './columns.ts';
import type { Database } from './database.ts';
import { filesOf, ledgerFiles, type Objects, readJson } from './objects.ts';
import { inWindow, type Window } from './window.ts';

/**
 * Loads what is on record before any sink, each thing once however often it is told:
 *
 * - `receipts`, a view: as the producer wrote them
 * - `calls`: the producer's invocations, with their totals (NULL for one that was killed) and the events receipted
 * - `aside`: how many events of an invocation are in the producer's quarantine
 * - `receipted`: the records that have a receipt, with a hash of their events' ids
 * - `seen`: the records on the stream, as the auditor saw them
 */
export const loadStream = async (database: Database, objects: Objects, window: Window): Promise<void> => {
  const receipts = readJson(ledgerFiles(objects, receiptWriter, window), columnsOf(Receipt), 'zstd');
  const entries = readJson(ledgerFiles(objects, streamReader, window), columnsOf(SeenEntry), 'zstd');
  const aside = readJson(filesOf(objects, quarantineFolder(producerQuarantine)), { index: 'BIGINT' }, 'uncompressed');
  for (const sql of [
    `CREATE OR REPLACE VIEW receipts AS FROM ${receipts}`,
    `CREATE OR REPLACE TABLE calls AS
     SELECT request, "startedAtMs" AS at_ms, ANY_VALUE(totals) AS totals,
            SUM(COALESCE(list_sum([len(r.ids) FOR r IN records]), 0)) AS events
     FROM receipts WHERE ${inWindow(window, '"startedAtMs"')} GROUP BY ALL`,
    `CREATE OR REPLACE TABLE aside AS
     SELECT regexp_extract(filename, '([^/\\\\]+)\\.ndjson\\.data$', 1) AS request, COUNT(DISTINCT index) AS events
     FROM ${aside} GROUP BY ALL`,
    `CREATE OR REPLACE TABLE receipted AS
     SELECT stream AS source, r.shard AS shard, r.sequence AS sequence, ANY_VALUE("startedAtMs") AS at_ms,
            ANY_VALUE(len(r.ids)) AS events, ANY_VALUE(hash(r.ids)) AS ids
     FROM (SELECT stream, "startedAtMs", UNNEST(records) AS r FROM receipts) GROUP BY ALL`,
    `CREATE OR REPLACE TABLE seen AS
     SELECT source, shard, r.sequence AS sequence, ANY_VALUE(r."arrivedAtMs") AS at_ms, ANY_VALUE(r.lines) AS lines
     FROM (SELECT source, shard, UNNEST(records) AS r FROM ${entries}) GROUP BY ALL`,
  ]) {
    await database.run(sql);
  }
};
