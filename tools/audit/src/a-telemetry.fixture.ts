import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type CompactedHour, compactedHourKey } from '@acme/lambda-kit';
import { DuckDBInstance } from '@duckdb/node-api';
import { eventDay } from './a-lake.fixture.ts';
import { fileOf, type Objects } from './objects.ts';

/** The curated table of a lake, written as compaction and seeding write it. */
export const aTelemetry = (objects: Objects) => {
  const put = (key: string, body: string): void => {
    mkdirSync(dirname(fileOf(objects, key)), { recursive: true });
    writeFileSync(fileOf(objects, key), body);
  };
  const url = (key: string): string => `s3://${objects.bucket}/${key}`;
  return {
    url,

    /** A Parquet file with these events, in no manifest yet; gives its key. */
    file: async (key: string, ids: readonly string[], day = eventDay): Promise<string> => {
      put(key, '');
      const rows = ids.map((id) => `('${id}', '${day}T11:59:00Z')`).join(', ');
      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      await connection.run(
        `COPY (FROM (VALUES ${rows}) AS rows(event_id, event_timestamp)) TO '${fileOf(objects, key)}' (FORMAT parquet)`,
      );
      connection.closeSync();
      instance.closeSync();
      return key;
    },

    /** Replaces the list of a day's files. */
    list: (keys: readonly string[], day = eventDay): void =>
      put(`manifests/telemetry/date=${day}/files.txt`, keys.map((key) => `${url(key)}\n`).join('')),

    /** Puts raw objects on record as compacted; these are their keys. */
    compacted: (keys: readonly string[], firstDay = '2025-01-01'): void => {
      const hour = '2026-01-31T12';
      const names = keys.map((key) => key.slice(key.lastIndexOf('/') + 1));
      put(compactedHourKey(hour), JSON.stringify({ hour, objects: names, firstDay } satisfies CompactedHour));
    },

    remove: (key: string): void => rmSync(fileOf(objects, key)),
  };
};
