// A lake with clickstream events as the loader lands them, and the Athena that reads them.
import { gzipSync } from 'node:zlib';
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
    /** Lands these events in one object of an hour of arrival, such as 2026-11-21T09. */
    land: async (hour: string, events: readonly ClickstreamEvent[]): Promise<void> => {
      const [year, month, day, hh] = hour.split(/[-T]/);
      const lines = events.map((event) => `${JSON.stringify(clickstreamRow(event))}\n`).join('');
      await lake.put(
        `clickstream/year=${year}/month=${month}/day=${day}/hour=${hh}/object-${objects++}.gz`,
        gzipSync(lines),
      );
    },
    close: () => lake.close(),
  };
};
