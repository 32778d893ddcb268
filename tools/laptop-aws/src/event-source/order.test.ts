import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogRecord } from '../kinesis/log/log-record.ts';
import { withoutSum } from '../disk/summed-text.ts';
import { anEntry, aStream, withKinesis } from '../kinesis/kinesis.fixture.ts';
import type { Batch } from './batch.ts';
import { faultyFunction, turn, type Sent } from './faulty-function.ts';
import { aMapping, eventSourcesFor } from './kinesis-mapping.fixture.ts';

const filter = JSON.stringify({ data: { wanted: [true] } });
const option = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined });

const schedule = fc.record({
  turns: fc.array(turn, { maxLength: 30 }),
  refusals: fc.array(fc.boolean(), { maxLength: 6 }),
  batchSize: fc.integer({ min: 1, max: 9 }),
  shards: fc.integer({ min: 1, max: 3 }),
  parallelization: fc.integer({ min: 1, max: 4 }),
  bisects: fc.boolean(),
  retries: option(fc.integer({ min: 0, max: 2 })),
  /** Every so-manieth record is one that the filter drops. */
  dropEach: option(fc.integer({ min: 2, max: 5 })),
});

describe('under any schedule of failures, parallel batches, stops and kills', () => {
  it(
    'every record is done or in the destination, in order per key, and no checkpoint passes one that is not',
    () =>
      fc.assert(
        fc.asyncProperty(schedule, ({ turns, refusals, shards, dropEach, ...settings }) =>
          withKinesis(async (kinesis, dir) => {
            const stream = await kinesis.create(aStream({ shards }));
            const entries = Array.from({ length: 40 }, (_, each) => ({
              key: `key ${each % 7}`,
              wanted: dropEach === undefined || each % dropEach !== 0,
            }));
            const put = await stream.put(entries.map(({ key, wanted }) => anEntry(JSON.stringify({ wanted }), key)));
            const sent: Sent[] = entries.flatMap(({ key, wanted }, each) => {
              const { SequenceNumber, ShardId } = put[each] as (typeof put)[number];
              return wanted ? [{ key, sequenceNumber: SequenceNumber as string, shard: ShardId as string }] : [];
            });
            const file = join(dir, 'event-sources', 'mapping.json');
            const refuse = [...refusals];
            let ended = Promise.withResolvers<'stops' | 'kills' | 'drained'>();
            const loader = faultyFunction([...turns], sent, (how) => ended.resolve(how));

            for (let behind = put.length, before: string | undefined; behind > 0;) {
              const sources = eventSourcesFor(kinesis, dir, loader.handle, {
                concurrency: 3,
                destinationOf:
                  () =>
                  async ({ batch }) => {
                    if (refuse.shift()) throw new Error('SlowDown');
                    loader.finish(
                      (batch as Batch<LogRecord>).records.map((each) => ({
                        key: each.partitionKey,
                        number: each.sequenceNumber,
                      })),
                    );
                  },
              });
              const filters = dropEach === undefined ? [] : [filter];
              await sources.define(aMapping({ ...settings, filters, onFailure: 'arn:aws:s3:::failures' }));
              sources.start();
              const how = await Promise.race([sources.drained().then(() => 'drained' as const), ended.promise]);
              await sources.stop();
              behind = sources.lag()[0]?.records as number;
              const saved = withoutSum(await readFile(file, 'utf8')) ?? '';
              for (const [shard, next] of Object.entries(JSON.parse(saved) as Record<string, string>)) {
                const undone = sent.find((each) => each.shard === shard && !loader.finished.has(each.sequenceNumber));
                if (undone) expect(next <= undone.sequenceNumber).toBe(true);
              }
              // A kill loses the checkpoints of this run: the next one begins where this one did.
              if (how === 'kills' && before !== undefined) await writeFile(file, before);
              else before = saved;
              if (how === 'kills') behind = Math.max(1, behind);
              ended = Promise.withResolvers();
              loader.restarted();
            }
            expect(loader.mistakes).toEqual([]);
            expect(sent.filter(({ sequenceNumber }) => !loader.finished.has(sequenceNumber))).toEqual([]);
          }),
        ),
        { numRuns: 150 },
      ),
    60_000,
  );
});
