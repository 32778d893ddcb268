import { describe, expect, it } from '@jest/globals';
import { asDecimal, minorDigits, minorUnits, noCurrency } from './currencies.ts';

describe('money', () => {
  it.each([
    ['USD', 99.99, 9999, '99.99'],
    ['EUR', 0.07, 7, '0.07'],
    ['JPY', 1200, 1200, '1200'],
    ['KWD', 1.234, 1234, '1.234'],
    ['CLF', 0.0001, 1, '0.0001'],
    ['USD', 1e9, 100_000_000_000, '1000000000.00'],
    ['USD', 1e-200, 0, '0.00'],
  ])('in %s: %d is %d minor units, written %s', (currency, amount, minor, written) => {
    const digits = minorDigits(currency) as number;
    expect(minorUnits(amount, digits)).toBe(minor);
    expect(asDecimal(BigInt(minor), digits)).toBe(written);
  });

  it('adds up without a drift that floating point has', () => {
    const amounts = Array.from({ length: 1_000 }, () => 0.1);
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).not.toBe(100);
    expect(amounts.reduce((sum, amount) => sum + minorUnits(amount, 2), 0)).toBe(10_000);
  });

  it('has no unit for a currency that is not on the list', () => {
    expect(minorDigits('QQQ')).toBeUndefined();
    expect(minorDigits(noCurrency)).toBeUndefined();
  });
});
