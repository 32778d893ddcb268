import type { Receipt } from '@acme/lambda-kit';
import { describe, expect, it } from '@jest/globals';
import { pack } from './pack.ts';
import { receipted, ReceiptError } from './receipts.ts';
import { send, type Sink, StillRefusedError } from './send.ts';

const invocation = { stream: 'events', request: 'r-1', startedAtMs: 1000 };
const totals = { in: 3, accepted: 3, rejected: 0, failed: 0 };
const patiently = { backoff: () => 0, wait: async () => undefined };
const packed = () =>
  pack(
    [
      { key: 'a', id: 'e-1', line: '1' },
      { key: 'b', id: 'e-2', line: '2' },
      { key: 'a', id: 'e-3', line: '3' },
    ],
    1000,
  );
const numbering = (takes: (key: string, call: number) => boolean = () => true): Sink => {
  let sequence = 0;
  let call = 0;
  return async (records) => {
    call += 1;
    return records.map(({ key }) =>
      takes(key, call) ? { shard: `shard-${key}`, sequence: `${sequence++}` } : undefined,
    );
  };
};

describe('receipted', () => {
  it('keeps where each event went, and the totals, in one receipt where one call was enough', async () => {
    const kept: Receipt[] = [];
    const { sink, close } = receipted(numbering(), invocation, async (receipt) => void kept.push(receipt));
    await send(packed(), sink, patiently);
    await close({ in: 3, rejected: 0 });
    expect(kept).toEqual([
      {
        ...invocation,
        number: 0,
        records: [
          { shard: 'shard-a', sequence: '0', ids: ['e-1', 'e-3'] },
          { shard: 'shard-b', sequence: '1', ids: ['e-2'] },
        ],
        totals,
      },
    ]);
  });

  it('begins another receipt once a call has to be repeated, each of what was taken by then, and the totals in the last', async () => {
    const kept: Receipt[] = [];
    const { sink, close } = receipted(
      numbering((key, call) => key === 'a' || call === 3),
      invocation,
      async (receipt) => void kept.push(receipt),
    );
    await send(packed(), sink, patiently);
    await close({ in: 3, rejected: 0 });
    expect(kept).toEqual([
      { ...invocation, number: 0, records: [{ shard: 'shard-a', sequence: '0', ids: ['e-1', 'e-3'] }] },
      { ...invocation, number: 1, records: [{ shard: 'shard-b', sequence: '1', ids: ['e-2'] }], totals },
    ]);
  });

  it('keeps calls that follow one another at once in one receipt, up to ten thousand events', async () => {
    const kept: Receipt[] = [];
    const { sink, close } = receipted(numbering(), invocation, async (receipt) => void kept.push(receipt));
    const events = Array.from({ length: 22_000 }, (_, index) => ({ key: 'a', id: `e-${index}`, line: '1' }));
    await send(pack(events, 2_000), sink, patiently); // 1,000 events a record, and a call a record of the same key
    await close({ in: 22_000, rejected: 0 });

    expect(kept.map(({ number, records }) => [number, records.length])).toEqual([
      [0, 10],
      [1, 10],
      [2, 2],
    ]);
    expect(kept.flatMap(({ records }) => records.flatMap(({ ids }) => ids))).toEqual(events.map(({ id }) => id));
    expect(kept.map((receipt) => receipt.totals)).toEqual([
      undefined,
      undefined,
      { in: 22_000, accepted: 22_000, rejected: 0, failed: 0 },
    ]);
  });

  it('keeps the totals of a call that sent nothing', async () => {
    const kept: Receipt[] = [];
    const nothing = { in: 1, accepted: 0, rejected: 1, failed: 0 };
    await receipted(numbering(), invocation, async (receipt) => void kept.push(receipt)).close({ in: 1, rejected: 1 });
    expect(kept).toEqual([{ ...invocation, number: 0, records: [], totals: nothing }]);
  });

  it('says what failed: it is neither on the stream nor put aside', async () => {
    const kept: Receipt[] = [];
    const { sink, close } = receipted(
      numbering((key) => key === 'b'),
      invocation,
      async (receipt) => void kept.push(receipt),
    );
    await expect(send(packed(), sink, { ...patiently, backoff: () => undefined })).rejects.toThrow(StillRefusedError);
    await close({ in: 4, rejected: 1 });
    expect(kept.at(-1)?.totals).toEqual({ in: 4, accepted: 1, rejected: 1, failed: 2 });
  });

  it('writes the totals when all other receipts are there, and never where one is missing', async () => {
    const written: string[] = [];
    const slowly = async ({ number, totals }: Receipt): Promise<void> => {
      await new Promise((done) => setTimeout(done, number === 0 ? 20 : 0));
      written.push(totals ? `${number} with totals` : `${number}`);
    };
    const refusing = (key: string, call: number): boolean => key === 'a' || call === 3;
    const right = receipted(numbering(refusing), invocation, slowly);
    await send(packed(), right.sink, patiently);
    await right.close({ in: 3, rejected: 0 });
    expect(written).toEqual(['0', '1 with totals']);

    written.length = 0;
    const wrong = receipted(numbering(refusing), invocation, (receipt) =>
      receipt.number === 0 ? Promise.reject(new Error('503')) : slowly(receipt),
    );
    await send(packed(), wrong.sink, patiently);
    await expect(wrong.close({ in: 3, rejected: 0 })).rejects.toThrow(ReceiptError);
    expect(written).toEqual(['1']);
  });

  it('fails the call when a receipt could not be written, so that its events are sent again', async () => {
    const { sink, close } = receipted(numbering(), invocation, async () => Promise.reject(new Error('503')));
    await send(packed(), sink, patiently);
    await expect(close({ in: 3, rejected: 0 })).rejects.toThrow(ReceiptError);
  });
});
