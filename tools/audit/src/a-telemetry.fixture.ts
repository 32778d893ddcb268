import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { checksumsKey, compactedKey, manifestKey } from '@acme/lake-layout';
import type { CompactedHour, WrittenFiles } from '@acme/lambda-kit';
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
    file: async (key: string, ids: readonly string[], day = eventDay, time = 'T11:59:00Z'): Promise<string> => {
      put(key, '');
      const rows = ids.map((id) => `('${id}', '${day}${time}')`).join(', ');
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
      put(manifestKey('telemetry', day), keys.map((key) => `${url(key)}\n`).join('')),

    /** Puts raw objects on record as compacted; these are their keys. */
    compacted: (keys: readonly string[], firstDay = '2025-01-01'): void => {
      const hour = '2026-01-31T12';
      const names = keys.map((key) => key.slice(key.lastIndexOf('/') + 1));
      put(compactedKey(hour), JSON.stringify({ hour, objects: names, firstDay } satisfies CompactedHour));
    },

    /** Notes what a query wrote, as compaction does. */
    noted: (run: string, keys: readonly string[]): void => {
      const md5 = (key: string) =>
        createHash('md5')
          .update(readFileSync(fileOf(objects, key)))
          .digest('hex');
      put(
        checksumsKey(run),
        JSON.stringify({ files: Object.fromEntries(keys.map((key) => [key, md5(key)])) } satisfies WrittenFiles),
      );
    },
    put,

    remove: (key: string): void => rmSync(fileOf(objects, key)),
  };
};
