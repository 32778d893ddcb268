import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asDecimal, minorUnits } from './money.ts';

describe('money', () => {
  it.each([
    // Binary numbers lie on either side of the half that is written.
    [1.005, 2, 101n, '1.01'],
    [8.345, 2, 835n, '8.35'],
    [0.285, 2, 29n, '0.29'],
    [1.115, 2, 112n, '1.12'],
    [0.015, 2, 2n, '0.02'],
    [1.255, 2, 126n, '1.26'],
    [999_999_999.995, 2, 100_000_000_000n, '1000000000.00'],
    [1.0005, 3, 1001n, '1.001'],
    [0.00005, 4, 1n, '0.0001'],
    [0.5, 0, 1n, '1'],
    [2.5, 0, 3n, '3'],
    // Just below a half.
    [0.004999999999999999, 2, 0n, '0.00'],
    [1.0049999999999997, 2, 100n, '1.00'],
    [0.49999999999999994, 0, 0n, '0'],
    [0.00004999999999999999, 4, 0n, '0.0000'],
    // Without a half.
    [99.99, 2, 9999n, '99.99'],
    [0.07, 2, 7n, '0.07'],
    [1200, 0, 1200n, '1200'],
    [1.234, 3, 1234n, '1.234'],
    [1e9, 2, 100_000_000_000n, '1000000000.00'],
    [1e9, 4, 10_000_000_000_000n, '1000000000.0000'],
    // Written with an exponent.
    [1e-7, 2, 0n, '0.00'],
    [5e-7, 6, 1n, '0.000001'],
    [1.5e-7, 7, 2n, '0.0000002'],
    [5e-324, 4, 0n, '0.0000'],
    [1e21, 2, 10n ** 23n, '1000000000000000000000.00'],
    [1.2345e21, 0, 12345n * 10n ** 17n, '1234500000000000000000'],
    // Of either sign.
    [0, 2, 0n, '0.00'],
    [-0, 2, 0n, '0.00'],
    [-1.005, 2, -101n, '-1.01'],
    [-8.345, 2, -835n, '-8.35'],
    [-0.005, 2, -1n, '-0.01'],
    [-0.004, 2, 0n, '0.00'],
  ])('of %d with %d digits is %d minor units, written %s', (amount, digits, minor, written) => {
    expect(minorUnits(amount, digits)).toBe(minor);
    expect(asDecimal(minor, digits)).toBe(written);
  });

  it('is rounded as one does by hand, digit after digit, whatever the amount', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 4 }), (amount, digits) => {
        expect(minorUnits(amount, digits)).toBe(BigInt(byHand(amount, digits)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the same of an amount and of what it owes, but for the sign', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(minorUnits(-amount, 2)).toBe(-minorUnits(amount, 2));
      }),
    );
  });

  it('is read back from what is written', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.integer({ min: 0, max: 4 }),
        (minor, digits) => {
          expect(minorUnits(Number(asDecimal(minor, digits)), digits)).toBe(minor);
        },
      ),
    );
  });

  it('adds up without a drift that floating point has', () => {
    const amounts = Array.from({ length: 1_000 }, () => 0.1);
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).not.toBe(100);
    expect(amounts.reduce((sum, amount) => sum + minorUnits(amount, 2), 0n)).toBe(10_000n);
  });

  it.each([NaN, Infinity, -Infinity])('is not %d', (amount) => {
    expect(() => minorUnits(amount, 2)).toThrow(RangeError);
  });
});

/** Any number; prices; and what is half a unit, or next to it, of currencies of up to four digits. */
const amounts = fc.oneof(
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.double({ min: 0, max: 1e9, noNaN: true }),
  fc
    .tuple(fc.integer({ min: 0, max: 1_000_000_000 }), fc.integer({ min: 0, max: 4 }), fc.integer({ min: -1, max: 1 }))
    .map(([units, digits, steps]) => beside(Number(`${units}5e-${digits + 1}`), steps)),
);

/** The number itself, or the next one below or above it. */
const beside = (value: number, steps: number): number => {
  const bits = new BigInt64Array(new Float64Array([value]).buffer);
  bits[0] = (bits[0] as bigint) + BigInt(steps);
  return new Float64Array(bits.buffer)[0] as number;
};

/** Cuts the written digits behind the minor unit and, if the first one cut is 5 or more, counts the last kept one up. */
const byHand = (amount: number, digits: number): string => {
  // ECMAScript: toExponential without an argument gives as many digits as necessary, as toString does.
  const [mantissa = '', exponent = ''] = Math.abs(amount).toExponential().split('e');
  const all = mantissa.replace('.', '');
  const kept = 1 + Number(exponent) + digits;
  if (kept < 0) return '0';
  const units = [...`0${all.slice(0, kept).padEnd(kept, '0')}`].map(Number);
  let carry = Number(all[kept] ?? '0') >= 5 ? 1 : 0;
  for (let at = units.length - 1; carry > 0; at -= 1) {
    carry = units[at] === 9 ? 1 : 0;
    units[at] = ((units[at] as number) + 1) % 10;
  }
  return `${amount < 0 ? '-' : ''}${units.join('')}`;
};
