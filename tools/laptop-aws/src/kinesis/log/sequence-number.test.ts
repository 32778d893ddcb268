import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseSequenceNumber, sequenceNumber, sequencePrefix } from './sequence-number.ts';

const place = fc.record({ epoch: fc.integer({ min: 0, max: 1e13 }), index: fc.integer({ min: 0, max: 1e15 }) });

describe('a sequence number', () => {
  it('is 56 digits, and its order as text and as a number is that of boots, then of records', () => {
    fc.assert(
      fc.property(place, place, fc.nat(20_000), (a, b, shard) => {
        const [first, second] = [a, b].map(({ epoch, index }) => sequenceNumber(sequencePrefix(epoch, shard), index));
        expect(first).toMatch(/^\d{56}$/);
        const later = a.epoch > b.epoch || (a.epoch === b.epoch && a.index > b.index);
        expect((first as string) > (second as string)).toBe(later);
        expect(BigInt(first as string) > BigInt(second as string)).toBe(later);
        expect(parseSequenceNumber(first as string, shard)).toEqual(a);
      }),
    );
  });

  it('is refused when it is of another shard or none', () => {
    expect(parseSequenceNumber(sequenceNumber(sequencePrefix(1, 2), 3), 4)).toBeUndefined();
    expect(parseSequenceNumber('49', 0)).toBeUndefined();
    expect(parseSequenceNumber('', 0)).toBeUndefined();
  });
});
