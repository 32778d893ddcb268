import { describe, expect, it } from '@jest/globals';
import { deliver, join, NotDeliveredError, type Sink } from './deliver.ts';

const patiently = { backoff: () => 0, wait: async () => undefined };

describe('join', () => {
  it('joins lines into newline-delimited records within the size', () => {
    expect(join(['aaa', 'bbb', 'ccc'], 8).map(String)).toEqual(['aaa\nbbb\n', 'ccc\n']);
  });

  it('lets a line that is larger than a record go alone', () => {
    expect(join(['a', 'b'.repeat(20), 'c'], 8).map(String)).toEqual(['a\n', `${'b'.repeat(20)}\n`, 'c\n']);
    expect(join([])).toEqual([]);
  });
});

describe('deliver', () => {
  it('sends again only the records that were refused', async () => {
    const calls: string[][] = [];
    const refusesB: Sink = async (records) => {
      calls.push(records.map(String));
      return records.map((record) => calls.length > 1 || String(record) !== 'b');
    };
    await deliver(['a', 'b', 'c'].map(Buffer.from as (text: string) => Buffer), refusesB, patiently);
    expect(calls).toEqual([['a', 'b', 'c'], ['b']]);
  });

  it('keeps a call to 500 records and 4 MiB', async () => {
    const sizes: number[] = [];
    const sink: Sink = async (records) => {
      sizes.push(records.length);
      return records.map(() => true);
    };
    await deliver(
      Array.from({ length: 501 }, () => Buffer.from('x')),
      sink,
      patiently,
    );
    expect(sizes.splice(0)).toEqual([500, 1]);
    await deliver(
      Array.from({ length: 5 }, () => Buffer.alloc(1024 * 1024)),
      sink,
      patiently,
    );
    expect(sizes).toEqual([4, 1]);
  });

  it('gives up at the deadline, so that the batch comes again', async () => {
    const never: Sink = async (records) => records.map(() => false);
    const once = { ...patiently, backoff: () => undefined };
    await expect(deliver([Buffer.from('x')], never, once)).rejects.toThrow(NotDeliveredError);
  });
});
