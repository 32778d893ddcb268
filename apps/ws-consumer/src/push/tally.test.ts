import { type Batch, BatchEntry, recordsOf } from '@acme/lambda-kit';
import { aKinesisBatch } from '@acme/lambda-kit/testing';
import { arrivedAtMs } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { tally } from './tally.ts';

const [a, b, c] = recordsOf(aKinesisBatch(['a', 'b', 'c'], { arrivedAtMs })).map((record) => [record] as Batch) as [
  Batch,
  Batch,
  Batch,
];
const looked = { good: 5, bad: 1 };

describe('the tally of the live view', () => {
  it('is one entry a minute for all that was pushed, which says that nothing is proved from it', async () => {
    const kept: [string, unknown][] = [];
    let nowMs = 0;
    const note = tally(
      async (...entry) => void kept.push(entry),
      () => nowMs,
    );
    await note({ batch: a, ...looked }, 2);
    await note({ batch: b, ...looked }, 2);
    expect(kept).toEqual([]);
    nowMs = 60_000;
    await note({ batch: c, ...looked }, 2);
    expect(kept).toEqual([
      [
        `ledger/ws-consumer/acme-telemetry-stream/hour=${new Date(arrivedAtMs).toISOString().slice(0, 13)}/${a[0].position.shard}/${a[0].id}-${c[0].id}.json.zst`,
        {
          consumer: 'ws-consumer',
          ...{ source: 'acme-telemetry-stream', shard: a[0].position.shard, first: a[0].id, last: c[0].id },
          ...{ firstArrivalMs: arrivedAtMs, lastArrivalMs: arrivedAtMs },
          ...{ in: 18, good: 15, bad: 3, duplicate: 0, wrote: { to: 'connections', rows: 6 } },
          bestEffort: true,
          records: [],
        },
      ],
    ]);
    expect(BatchEntry.safeParse(kept[0]?.[1]).success).toBe(true);
  });

  it('says nothing of batches that nobody watched, and fails none when it cannot be written', async () => {
    let tries = 0;
    const note = tally(
      async () => {
        tries += 1;
        throw new Error('503');
      },
      () => 0,
      0,
    );
    await note({ batch: a, good: 0, bad: 0 }, 0);
    expect(tries).toBe(0);
    await note({ batch: a, ...looked }, 2);
    expect(tries).toBe(1);
  });
});
