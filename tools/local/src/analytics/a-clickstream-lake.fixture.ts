// A lake with clickstream events as the loader lands them, and the Athena that reads them.
import { gzipSync } from 'node:zlib';
import { rawFolder } from '@acme/lake-layout';
import { athena, type Athena } from '@acme/lambda-kit/athena';
import { type ClickstreamEvent, clickstreamRow } from '@acme/telemetry-schema';
import { aLake } from '../lake/a-lake.fixture.ts';

export const aClickstreamLake = async () => {
  const lake = await aLake();
  const deadlineMs = Date.now() + 600_000;
  let objects = 0;
  return {
    athena: athena(lake.client, {
      database: 'acme_telemetry',
      workGroup: 'acme-telemetry-compaction',
      deadlineMs,
    }) satisfies Athena,
    raw: { s3: lake.s3, bucket: lake.bucket },
    /** Puts anything where an hour of arrival has its objects, and gives its URL. */
    put: async (hour: string, name: string, bytes: Buffer): Promise<string> => {
      const key = `${rawFolder('clickstream', hour)}${name}.gz`;
      await lake.put(key, bytes);
      return `s3://${lake.bucket}/${key}`;
    },
    /** Lands these events in one object of an hour of arrival, such as 2026-11-21T09. */
    land: async (hour: string, events: readonly ClickstreamEvent[]): Promise<void> => {
      const lines = events.map((event) => `${JSON.stringify(clickstreamRow(event))}\n`).join('');
      await lake.put(`${rawFolder('clickstream', hour)}object-${objects++}.gz`, gzipSync(lines));
    },
    close: () => lake.close(),
  };
};
