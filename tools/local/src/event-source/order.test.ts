import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { anEntry, aStream, withKinesis } from '../kinesis/testing.ts';
import { aMapping, eventSourcesFor, failed, failedAt, type Answer, type KinesisEvent } from './testing.ts';

type Turn = 'ok' | 'throws' | 'malformed' | 'throttled' | 'stops' | { readonly failsAt: number };

const turn: fc.Arbitrary<Turn> = fc.oneof(
  fc.constantFrom<Turn>('ok', 'throws', 'malformed', 'throttled', 'stops'),
  fc.record({ failsAt: fc.nat(20) }),
);

/** A function that has done, per shard, a prefix of the shard; `turns` say how its calls end, then all succeed. */
const faulty = (turns: Turn[], stop: () => void) => {
  const done = new Map<string, string[]>();
  const mistakes: string[] = [];
  const handle = (event: KinesisEvent): Answer => {
    const numbers = event.Records.map(({ kinesis }) => kinesis.sequenceNumber);
    const shard = event.Records[0]?.eventID.split(':')[0] as string;
    const before = done.get(shard) ?? [];
    const now = turns.shift() ?? 'ok';
    const failsAt = now === 'ok' ? numbers.length : typeof now === 'object' ? now.failsAt % numbers.length : 0;
    const passed = numbers.slice(0, failsAt);
    // What comes may have been done before (at least once), but never leaves a record out.
    const overlap = before.indexOf(numbers[0] as string);
    if (overlap !== -1 && overlap + numbers.length < before.length) mistakes.push('an old batch came alone');
    done.set(shard, [...(overlap === -1 ? before : before.slice(0, overlap)), ...passed]);
    if (now === 'stops') stop();
    if (now === 'throttled') throw new Error('Rate Exceeded.');
    if (now === 'malformed') return { payload: '{"batchItemFailures":[{"itemIdentifier":null}]}' };
    if (now === 'throws' || now === 'stops') return failed;
    return now === 'ok' ? undefined : failedAt(event, failsAt);
  };
  return { done, mistakes, handle };
};

describe('under any schedule of failures', () => {
  it(
    'every record is done, in order per shard, and no checkpoint passes one that is not',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(turn, { maxLength: 25 }),
          fc.integer({ min: 1, max: 9 }),
          fc.integer({ min: 1, max: 3 }),
          (turns, batchSize, shards) =>
            withKinesis(async (kinesis, dir) => {
              const stream = await kinesis.create(aStream({ shards }));
              const put = await stream.put(
                Array.from({ length: 40 }, (_, each) => anEntry(String(each), `key ${each}`)),
              );
              let stopped = Promise.withResolvers<void>();
              const { done, mistakes, handle } = faulty([...turns], () => stopped.resolve());
              for (let behind = put.length; behind > 0;) {
                const sources = eventSourcesFor(kinesis, dir, handle, { concurrency: 2 });
                await sources.define(aMapping({ batchSize }));
                sources.start();
                await Promise.race([sources.drained(), stopped.promise]);
                await sources.stop();
                stopped = Promise.withResolvers();
                behind = sources.lag()[0]?.records as number;
                const saved = JSON.parse(await readFile(join(dir, 'event-sources', 'mapping.json'), 'utf8')) as object;
                for (const [shard, next] of Object.entries(saved)) {
                  const undone = put.find(
                    (each) => each.ShardId === shard && !done.get(shard)?.includes(each.SequenceNumber),
                  );
                  if (undone) expect(next <= undone.SequenceNumber).toBe(true);
                }
              }
              expect(mistakes).toEqual([]);
              for (const { id } of stream.shards) {
                const all = put.filter(({ ShardId }) => ShardId === id).map(({ SequenceNumber }) => SequenceNumber);
                expect(done.get(id) ?? []).toEqual(all);
              }
            }),
        ),
        { numRuns: 60 },
      ),
    60_000,
  );
});
