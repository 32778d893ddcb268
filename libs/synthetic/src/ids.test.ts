import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { campaignId, customerId, numberedIds, titleId } from './ids.ts';

describe('ids', () => {
  it('number the rows of the tables from 1', () => {
    expect([customerId(0), titleId(0), campaignId(0)]).toEqual(['cus-000001', 'ttl-0001', 'cmp-001']);
    expect([customerId(999_998), titleId(9998), campaignId(998)]).toEqual(['cus-999999', 'ttl-9999', 'cmp-999']);
  });

  it('hold the seed in hexadecimal and the number in base 36, whatever was numbered before', () => {
    const id = numberedIds('ev', 0xabc);
    fc.assert(
      fc.property(fc.maxSafeNat(), (number) => {
        expect(id(number)).toBe(`ev-00000abc-${number.toString(36).padStart(11, '0')}`);
      }),
    );
  });
});
