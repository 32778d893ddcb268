import { describe, expect, it } from '@jest/globals';
import { minorDigits, noCurrency } from './currencies.ts';

describe('the minor unit of a currency', () => {
  it.each([
    ['JPY', 0],
    ['USD', 2],
    ['EUR', 2],
    ['BHD', 3],
    ['KWD', 3],
    ['CLF', 4],
  ])('of %s has %d digits', (currency, digits) => {
    expect(minorDigits(currency)).toBe(digits);
  });

  it.each(['AED', 'CHW', 'CNY', 'IDR', 'ILS', 'MVR', 'MYR', 'SRD', 'SSP', 'ZWG'])(
    'of %s has two digits',
    (currency) => {
      expect(minorDigits(currency)).toBe(2);
    },
  );

  it('is unknown for what is not on the list', () => {
    expect(['QQQ', noCurrency, 'usd', ''].map(minorDigits)).toEqual([undefined, undefined, undefined, undefined]);
    expect(noCurrency).toBe('XXX');
  });
});
