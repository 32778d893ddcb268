/* eslint-disable @nx/enforce-module-boundaries -- for tests: the sinks as they are deployed */
import { gunzipSync } from 'node:zlib';
import { recordsOf, type SourceRecord } from '@acme/lambda-kit';
import { aKinesisBatch } from '@acme/lambda-kit/testing';
import { clickstreamRow, type Family } from '@acme/telemetry-schema';
import { arrivedAtMs } from '@acme/telemetry-schema/testing';
import { enrich } from '../../../apps/enricher/src/enrich.ts';
import { familyOf } from '../../../apps/enricher/src/families.ts';
import { lookingUp } from '../../../apps/enricher/src/lookup/look-up.ts';
import { patiently, someItems, tablesOf } from '../../../apps/enricher/src/lookup/some-lookups.fixture.ts';
import { bytesOf } from '../../../apps/enricher/src/sink/put-rows.ts';
import { sortOut as sortOutRows } from '../../../apps/enricher/src/sort-out.ts';
import { join } from '../../../apps/lake-loader/src/deliver.ts';
import { clickstream, viewing } from '../../../apps/lake-loader/src/families.ts';
import { type LoadedFamily, sortOut as sortOutLines } from '../../../apps/lake-loader/src/sort-out.ts';
import { type EventTable, rowIn } from './columns.ts';
import type { Row } from './reading.ts';

/** What a sink wrote of some records. */
export interface Landed {
  readonly table: EventTable;
  /** The bytes of an object of the table, before they are compressed. */
  readonly object: Buffer;
  /** The events that the contract took, in their order, as rows of the table. */
  readonly rows: readonly Row[];
}

const lookUp = lookingUp(tablesOf(someItems()).get, { entries: 100, hitMs: 60_000, missMs: 60_000 });

/** What the loader and the enricher make of a batch of a family's records: two objects, each with its rows. */
export const landed = async (family: Family, bytes: readonly Buffer[]): Promise<Landed[]> => {
  const batch = recordsOf(aKinesisBatch(bytes, { arrivedAtMs }));
  return family === 'viewing'
    ? [loaded('streaming_events', viewing, batch, (event) => event), await enriched(family, batch)]
    : [loaded('clickstream_events', clickstream, batch, clickstreamRow), await enriched(family, batch)];
};

const loaded = <T>(
  table: EventTable,
  family: LoadedFamily<T>,
  batch: readonly SourceRecord[],
  rowOf: (event: T) => object,
): Landed => ({
  table,
  object: Buffer.concat(join(sortOutLines(batch, family).good)),
  rows: batch
    .flatMap((record) => [...family.judge(record)])
    .flatMap((judged) => (judged.ok ? [rowIn(table, rowOf(judged.value))] : [])),
});

const enriched = async (name: Family, batch: readonly SourceRecord[]): Promise<Landed> => {
  const family = familyOf(name, { VIEWING_STREAM: 'viewing', CLICKSTREAM_STREAM: 'clickstream' });
  const { rows } = await enrich(sortOutRows(batch, family).good, { ...patiently, lookUp });
  return {
    table: 'enriched_events',
    object: gunzipSync(await bytesOf(rows)),
    rows: rows.map((row) => rowIn('enriched_events', row)),
  };
};
