import { type Batch, recordsOf, SeenEntry } from '@acme/lambda-kit';
import { transports } from '@acme/lambda-kit/testing';
import { describe, expect, it } from '@jest/globals';
import { seen } from './seen.ts';

const arrivedAtMs = Date.UTC(2026, 0, 1, 12);

describe.each(transports)('seen on %s', (_, aBatch) => {
  it('counts the lines of every record, valid or not, by whomever it was put', () => {
    const records = recordsOf(
      aBatch(['{"a":1}\n{"b":2}\n', 'junk', '', Buffer.from([0xff, 0x0a, 0x0a, 0xfe])], { arrivedAtMs }),
    ) as unknown as Batch;
    const entry = SeenEntry.parse(seen(records));
    expect(entry.records.map(({ lines }) => lines)).toEqual([2, 1, 0, 2]);
    expect(entry).toMatchObject({
      source: 'acme-telemetry-stream',
      first: records[0].position.sequence,
      last: records[3]?.position.sequence,
      firstArrivalMs: arrivedAtMs,
      records: records.map(({ position }) => ({ sequence: position.sequence, arrivedAtMs })),
    });
  });
});
