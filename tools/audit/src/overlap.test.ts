import type { Batch, SourceRecord } from '@acme/lambda-kit';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aLake, aRecord, noon } from './a-lake.fixture.ts';
import { audit } from './audit.ts';
import type { Report } from './report.ts';
import { sinks as all } from './sinks.ts';

const sinks = all.filter(({ consumer }) => consumer === 'lake-loader');

/** Two shards of twelve records each, some events bad, some records by others. */
const shards = [0, 1].map((shard) =>
  Array.from({ length: 12 }, (_, index) =>
    aRecord(
      index,
      [`${shard}-${index}-a`, `!${shard}-${index}-b`, `${shard}-${index}-c`].slice(0, 1 + (index % 3)),
      noon + index * 60_000,
      shard,
    ),
  ),
);

/** How a reader got the records of a shard: batches from anywhere to anywhere, then all of them once in order. */
interface Deliveries {
  readonly again: readonly (readonly [from: number, count: number, diesBeforeLedger: boolean])[];
  readonly sizes: readonly number[];
}
const deliveries: fc.Arbitrary<Deliveries> = fc.record({
  again: fc.array(fc.tuple(fc.nat(11), fc.integer({ min: 1, max: 12 }), fc.boolean()), { maxLength: 4 }),
  sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 12, maxLength: 12 }),
});
const batchesOf = (records: readonly SourceRecord[], { again, sizes }: Deliveries) => {
  const batches = again.map(([from, count, dies]) => ({ batch: records.slice(from, from + count), dies }));
  for (let at = 0, turn = 0; at < records.length; turn += 1) {
    const size = sizes[turn] as number;
    batches.push({ batch: records.slice(at, at + size), dies: false });
    at += size;
  }
  return batches as unknown as readonly { readonly batch: Batch; readonly dies: boolean }[];
};

const audited = async (seen: readonly Deliveries[], taken: readonly Deliveries[]): Promise<Report> => {
  const lake = aLake();
  try {
    for (const [shard, records] of shards.entries()) {
      await lake.call(`request-${shard}`, records.slice(0, 9), { rejected: shard });
      for (const { batch } of batchesOf(records, seen[shard] as Deliveries)) lake.see(batch);
      for (const { batch, dies } of batchesOf(records, taken[shard] as Deliveries)) {
        await lake.take(batch, dies ? { diesBefore: 'ledger' } : {});
      }
    }
    return await audit(lake.stores, sinks);
  } finally {
    lake.close();
  }
};

const withoutRepeats = ({ hours, ...report }: Report) => ({
  ...report,
  hours: hours.map(({ sinks: sums, ...hour }) => ({
    ...hour,
    sinks: Object.entries(sums).map(([name, { repeated: _, ...sum }]) => [name, sum]),
  })),
});

describe('ledger entries that overlap', () => {
  it('give the same sums whatever the batches were, and however often they came', async () => {
    const once: Deliveries = { again: [], sizes: Array.from({ length: 12 }, () => 12) };
    const expected = withoutRepeats(await audited([once, once], [once, once]));
    expect(expected.isRight).toBe(true);
    const both = fc.tuple(deliveries, deliveries);
    await fc.assert(
      fc.asyncProperty(both, both, async (seen, taken) => {
        expect(withoutRepeats(await audited(seen, taken))).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });
});
