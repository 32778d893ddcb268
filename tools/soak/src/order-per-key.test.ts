import { join } from 'node:path';
import { aStream, inFolder, openKinesis } from '@acme/laptop-aws/testing';
import { describe, expect, it } from '@jest/globals';
import { eventId } from '@acme/synthetic';
import { orderPerKey } from './order-per-key.ts';

const line = (number: number, customer_id: string): string =>
  JSON.stringify({ event_id: eventId(1, number), customer_id });

/** What the check finds on a stream that took these records, one after the other. */
const found = async (records: readonly (readonly string[])[], isMoved = (_: number): boolean => false) => {
  let outcome: unknown;
  await inFolder(async (dir) => {
    const kinesis = await openKinesis({ dir: join(dir, 'kinesis'), fsync: 'none' });
    const stream = await kinesis.create(aStream({ name: 'events' }));
    for (const lines of records) {
      await stream.put([{ PartitionKey: 'bucket-1', Data: Buffer.from(lines.join('\n')).toString('base64') }]);
    }
    await kinesis.close();
    outcome = await orderPerKey(dir, 'events', { seed: 1, count: 100, isMoved });
  });
  return outcome;
};

describe('orderPerKey', () => {
  it('names the customer whose later event came first', async () => {
    expect(await found([[line(2, 'b'), line(1, 'a')], [line(3, 'a')], [line(4, 'b')]])).toEqual({
      records: 3,
      lines: 4,
      outOfOrder: [],
    });
    expect(await found([[line(3, 'a')], [line(2, 'a')]])).toMatchObject({ outOfOrder: ['a'] });
  });

  it('counts an event that was put twice where it stands first', async () => {
    expect(await found([[line(1, 'a')], [line(2, 'a')], [line(1, 'a'), line(2, 'a')]])).toMatchObject({
      outOfOrder: [],
    });
  });

  it('leaves out what was moved on purpose, other runs, and what is no event', async () => {
    const records = [[line(5, 'a')], [line(4, 'a'), 'junk'], [line(2 ** 48, 'a')], [line(6, 'a')]];
    expect(await found(records, (number) => number === 5)).toEqual({ records: 4, lines: 5, outOfOrder: [] });
  });
});
