/**
 * An amount in its currency's minor unit: 99.99 with two digits is 9999n. What is finer is rounded to the nearest unit,
 * halves away from zero, amount by amount, so that sums do not depend on their order.
 *
 * The amount is the decimal that the number is written as, with as few digits as tell it from its neighbours
 * (`String(amount)`, ECMAScript Number::toString): 1.005 is a half there and comes to 101n, although the binary number
 * lies below it.
 *
 * @param digits of the minor unit, as `minorDigits` gives them
 * @throws RangeError when the amount is no finite number
 */
export const minorUnits = (amount: number, digits: number): bigint => {
  const written = decimal.exec(String(amount));
  if (!written) throw new RangeError('an amount of money must be a finite number');
  const [, sign, whole = '', fraction = '', exponent = '0'] = written;
  const significant = BigInt(whole + fraction);
  const power = digits + Number(exponent) - fraction.length;
  const units = power >= 0 ? significant * 10n ** BigInt(power) : nearest(significant, 10n ** BigInt(-power));
  return sign === '-' ? -units : units;
};

const decimal = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;

/** How often the divisor fits, to the nearest; a half counts as one more. Neither is below zero. */
const nearest = (dividend: bigint, divisor: bigint): bigint => (2n * dividend + divisor) / (2n * divisor);

/** A sum of minor units as people write it: 9999n with two digits is `99.99`. */
export const asDecimal = (minor: bigint, digits: number): string => {
  if (digits === 0) return String(minor);
  const padded = String(minor < 0n ? -minor : minor).padStart(digits + 1, '0');
  return `${minor < 0n ? '-' : ''}${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
};

/**
 * `minorUnits` as an expression of SQL, the same in Athena and in DuckDB; a BIGINT, NULL for NULL. For amounts of up to
 * 1,000,000,000 (`maxAmount`) and minor units of up to four digits.
 *
 * The first cast takes the shortest text of the number, the second reads it exactly where it matters: halves of a unit
 * have at most five decimals, and the nearest number below such a half fewer than 28. The third rounds halves away from
 * zero (Trino: DecimalCasts and rescale, HALF_UP; DuckDB: held by a test). DuckDB is not asked to read and round at once:
 * it reads 5e-324 as one unit.
 *
 * @param amount an expression of type DOUBLE, or of VARCHAR that holds a number
 */
export const minorUnitsSql = (amount: string, digits: number): string =>
  `CAST(CAST(CAST(CAST(${amount} AS VARCHAR) AS DECIMAL(38, 28)) AS DECIMAL(18, ${digits})) * ${10 ** digits} AS BIGINT)`;
