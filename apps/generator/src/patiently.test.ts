import { describe, expect, it } from '@jest/globals';
import { patiently } from './patiently.ts';

const failing = (times: number) => {
  const got: (readonly string[])[] = [];
  return {
    got,
    produce: async (lines: readonly string[]) => {
      got.push(lines);
      if (got.length <= times) throw new Error(`down ${got.length}`);
      return { accepted: lines.length, rejected: 0 };
    },
  };
};

describe('a patient producer', () => {
  it('gets the very same batch again until it is taken, each wait longer as the backoff says', async () => {
    const { got, produce } = failing(2);
    const waits: number[] = [];
    const patient = patiently(
      produce,
      () => (attempt) => attempt * 10,
      async (ms) => void waits.push(ms),
    );
    expect(await patient(['a', 'b'], 'viewing')).toEqual({ accepted: 2, rejected: 0 });
    expect([got, waits]).toEqual([
      [
        ['a', 'b'],
        ['a', 'b'],
        ['a', 'b'],
      ],
      [10, 20],
    ]);
  });

  it('throws what was said last when time is up, and has new patience for the next batch', async () => {
    const { got, produce } = failing(3);
    const patient = patiently(
      produce,
      () => (attempt) => (attempt < 3 ? 0 : undefined),
      async () => undefined,
    );
    await expect(patient(['a'], 'viewing')).rejects.toThrow('down 3');
    expect(await patient(['b'], 'viewing')).toEqual({ accepted: 1, rejected: 0 });
    expect(got).toEqual([['a'], ['a'], ['a'], ['b']]);
  });
});
