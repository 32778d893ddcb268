// Ledger entries that say something else than what happened: each sum that cannot hold then has its own name.
import { readFileSync, writeFileSync } from 'node:fs';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { BatchEntry, Receipt, SeenEntry } from '@acme/lambda-kit';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLake, aRecord } from './a-lake.fixture.ts';
import { audit } from './audit.ts';
import { fileOf } from './objects.ts';
import { sinks as all } from './sinks.ts';

const sinks = all.filter(({ consumer }) => consumer === 'lake-loader');
const records = [aRecord(0, ['a', 'b', 'c']), aRecord(1, ['d', '!e'])] as const;
const nameOf = (at: 0 | 1): string => `shardId-000000000000 ${records[at].id}`;

let lake: ReturnType<typeof aLake>;
let receipt: string;
let seen: string;
let taken: string;

beforeEach(async () => {
  lake = aLake();
  receipt = await lake.call('request-1', records);
  seen = lake.see(records);
  ({ ledger: taken } = await lake.take(records));
});
afterEach(() => lake.close());

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };
const rewrite = <Entry>(key: string, change: (entry: Writable<Entry>) => void): void => {
  const file = fileOf(lake.objects, key);
  const entry = JSON.parse(zstdDecompressSync(readFileSync(file)).toString()) as Entry;
  change(entry);
  writeFileSync(file, zstdCompressSync(JSON.stringify(entry)));
};
const findings = async () => (await audit(lake.stores, sinks)).findings;

describe('an audit of a ledger that contradicts itself', () => {
  it('finds nothing while it does not', async () => {
    expect(await findings()).toEqual([]);
  });

  it('names a call of which events are neither accepted, nor rejected, nor failed', async () => {
    rewrite<Receipt>(receipt, ({ totals }) => {
      if (totals) totals.in += 2;
    });
    expect(await findings()).toEqual([
      {
        where: 'producer',
        what: 'events of calls that neither were accepted, nor rejected, nor failed',
        count: 2,
        names: ['request-1'],
      },
    ]);
  });

  it('names a call that accepted more than its receipts say', async () => {
    rewrite<Receipt>(receipt, ({ totals }) => {
      if (totals) [totals.in, totals.accepted] = [8, 8];
    });
    expect(await findings()).toEqual([
      { where: 'producer', what: 'accepted events without a receipt', count: 3, names: ['request-1'] },
    ]);
  });

  it('names a record that holds another number of events than its receipt and its reader say', async () => {
    rewrite<SeenEntry>(seen, (entry) => {
      if (entry.records[0]) entry.records[0].lines = 2;
    });
    expect(await findings()).toEqual([
      {
        where: 'stream',
        what: 'records whose receipt speaks of another number of events than they hold',
        count: 1,
        names: [nameOf(0)],
      },
      {
        where: 'lake-loader',
        what: 'records of which it took another number of events than they hold',
        count: 1,
        names: [nameOf(0)],
      },
    ]);
  });

  it('names a record of which a sink took other events than the producer put there', async () => {
    rewrite<BatchEntry>(taken, (entry) => {
      if (entry.records[0]) entry.records[0].ids = ['a', 'c', 'b'];
    });
    expect(await findings()).toEqual([
      {
        where: 'lake-loader',
        what: 'records of which it took other events than the producer put there',
        count: 1,
        names: [nameOf(0)],
      },
    ]);
  });

  it('names a record of which two batches say different things', async () => {
    await lake.take([aRecord(0, ['a', 'b', '!c'])]);
    expect(await findings()).toContainEqual({
      where: 'lake-loader',
      what: 'records of which two of its ledger entries say different things',
      count: 1,
      names: [nameOf(0)],
    });
  });

  it('names a record with more in quarantine than its ledger calls bad', async () => {
    rewrite<BatchEntry>(taken, (entry) => {
      const [, record] = entry.records;
      if (record) [record.in, record.bad] = [1, 0];
    });
    expect(await findings()).toContainEqual({
      where: 'lake-loader',
      what: 'events in its quarantine that no ledger entry calls bad',
      count: 1,
      names: [nameOf(1)],
    });
  });
});
