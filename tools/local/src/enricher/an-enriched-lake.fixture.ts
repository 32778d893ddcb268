/* eslint-disable @nx/enforce-module-boundaries -- for tests: a lake as the app's own code fills it */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openS3, servedAlone } from '@acme/laptop-aws/testing';
import { clickstreamEvents, fixedClock, openUniverse, viewingEvents } from '@acme/synthetic';
import { clickstreamRow, type EnrichedEvent, type EventRow, type Family } from '@acme/telemetry-schema';
import { GetObjectCommand, ListObjectsV2Command, type PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { loadRows } from '../../../../apps/enricher/load/load-rows.ts';
import { lookupTable } from '../../../../apps/enricher/load/lookup-table.ts';
import { readRows } from '../../../../apps/enricher/load/read-rows.ts';
import { universeLines } from '../../../../apps/enricher/load/universe-lines.ts';
import { type DimensionName, dimensions } from '../../../../apps/enricher/src/dimensions/index.ts';
import { enrich } from '../../../../apps/enricher/src/enrich.ts';
import { batchGet } from '../../../../apps/enricher/src/lookup/batch-get.ts';
import { lookingUp } from '../../../../apps/enricher/src/lookup/look-up.ts';
import { repair, type Repair } from '../../../../apps/enricher/src/repair/repair.ts';
import { enrichedObject } from '../../../../apps/enricher/src/repair/enriched-object.ts';
import { hourObjects } from '../../../../apps/enricher/src/sink/hour-objects.ts';
import { putInto, putRows } from '../../../../apps/enricher/src/sink/put-rows.ts';
import { someLookupTables } from './some-lookup-tables.fixture.ts';

export const bucket = 'lake';
/** When the events happened, about: 09:20. */
export const happenedAtMs = Date.UTC(2026, 10, 21, 9, 20);

const universe = openUniverse(7, { customers: 40, titles: 30 });
const range = { from: 0, count: 300, clock: fixedClock(happenedAtMs) };
/** Three hundred of each family. */
export const events: Readonly<Record<Family, readonly EventRow[]>> = {
  viewing: viewingEvents(universe, range),
  clickstream: clickstreamEvents(universe, range).map(clickstreamRow),
};
const batch = (family: Family) =>
  [
    {
      id: family,
      key: 'k',
      position: { source: `${family}-stream`, shard: 'shardId-000000000000', sequence: '1' },
      arrivedAtMs: happenedAtMs,
      bytes: Buffer.alloc(0),
    },
  ] as const;
const patience = { backoff: (attempt: number) => (attempt > 5 ? undefined : 1), wait: async () => undefined };

/** The laptop's S3 with an empty bucket, its DynamoDB with empty lookup tables, and the enricher's own code on them. */
export const anEnrichedLake = async () => {
  const dir = mkdtempSync(join(tmpdir(), 'acme-repair-'));
  const store = await openS3({ dir });
  store.createBucket(bucket);
  const served = await servedAlone(store.service);
  const s3 = new S3Client(served.client);
  const tables = await someLookupTables();

  /** Lookups as a process that has just begun has them. */
  const anew = (tableOf = (dimension: (typeof dimensions)[number]): string => dimension.tableName) => ({
    ...patience,
    lookUp: lookingUp(batchGet(tables.client, new Map(dimensions.map((each) => [each.name, tableOf(each)]))), {
      entries: 1_000,
      hitMs: 60_000,
      missMs: 60_000,
    }),
  });
  const load = async (name: DimensionName, edition: { version?: number; freshUntil?: number } = {}) => {
    const dimension = dimensions.find((one) => one.name === name) as (typeof dimensions)[number];
    const rows = await readRows(name, dimension, universeLines(name, 7));
    const table = lookupTable(tables.client, dimension.tableName);
    // The lake's events are of a smaller universe, whose customers and titles are the first of these.
    await loadRows({ source: name, rows: rows.slice(0, 60), table, ...edition });
  };
  const contents = async () => (await s3.send(new ListObjectsV2Command({ Bucket: bucket }))).Contents ?? [];
  const keys = async () => (await contents()).map(({ Key = '' }) => Key);
  const rowsIn = async (Key: string): Promise<EnrichedEvent[]> => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
    return [...(await enrichedObject(Key, (await Body?.transformToByteArray()) as Uint8Array)).rows];
  };
  return {
    s3,
    tables,
    anew,
    load,
    loadAll: async () => {
      for (const { name } of dimensions) await load(name);
    },
    keys,
    etags: async () => (await contents()).map(({ ETag }) => ETag),
    rowsIn,
    landed: async () => (await Promise.all((await keys()).map(rowsIn))).flat(),
    put: (key: string, rows: readonly EnrichedEvent[]) => putRows([{ key, rows }], putInto(s3, bucket), patience),
    /** Enriches a family's events as the function does, and writes them. */
    land: async (family: Family) => {
      const { rows } = await enrich(events[family], anew());
      await putRows(hourObjects(family, batch(family), rows), putInto(s3, bucket), patience);
      return rows;
    },
    repairing: ({ client = s3, ...options }: Partial<Repair> & { readonly client?: S3Client } = {}) =>
      repair({ s3: client, bucket }, { ...anew(), ...options }),
    /** A client that does something before each PutObject: it is told how many there were, and what is written. */
    before: (act: (count: number, key: string) => Promise<void>): S3Client => {
      const client = new S3Client(served.client);
      let count = 0;
      client.middlewareStack.add(
        (next, { commandName }) =>
          async (args) => {
            if (commandName === 'PutObjectCommand')
              await act((count += 1), (args.input as PutObjectCommandInput).Key ?? '');
            return next(args);
          },
        { step: 'initialize' },
      );
      return client;
    },
    close: async (): Promise<void> => {
      s3.destroy();
      await tables.close();
      await served.close();
      rmSync(dir, { recursive: true });
    },
  };
};
export type AnEnrichedLake = Awaited<ReturnType<typeof anEnrichedLake>>;
