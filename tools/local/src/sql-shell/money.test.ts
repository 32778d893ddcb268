import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queryLake } from '@acme/laptop-aws/sql';
import { aLake, ndjson } from '@acme/laptop-aws/testing';
import { maxAmount, minorUnits, minorUnitsSql } from '@acme/telemetry-schema';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

const digits = [0, 2, 3, 4] as const;

let dir: string;
let lake: ReturnType<typeof aLake>;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'money-'));
  lake = aLake(dir);
  lake.table('purchases', { place: 'bigint', amount: 'double', written: 'string' });
});
afterAll(() => rmSync(dir, { recursive: true }));

/** What the lake says of amounts, in minor units of 0, 2, 3 and 4 digits: from the numbers, and from their texts. */
const bySql = async (amounts: readonly number[]) => {
  lake.object(
    'purchases/x.gz',
    ndjson(...amounts.map((amount, place) => ({ place, amount, written: String(amount) }))),
  );
  const columns = digits.flatMap((each) => [
    `${minorUnitsSql('amount', each)} AS number_${each}`,
    `${minorUnitsSql('written', each)} AS text_${each}`,
  ]);
  const { rows } = await queryLake({ dir, sql: `SELECT ${columns.join(', ')} FROM purchases ORDER BY place` });
  return rows;
};
const byFunction = (amounts: readonly number[]) =>
  amounts.map((amount) =>
    Object.fromEntries(
      digits.flatMap((each) => {
        const minor = Number(minorUnits(amount, each));
        return [
          [`number_${each}`, minor],
          [`text_${each}`, minor],
        ];
      }),
    ),
  );

const halves = [1.005, 8.345, 0.285, 1.115, 0.5, 2.5, 1.0005, 0.00005, 999_999_999.995, -1.005];
const odd = [0, -0, 1e-7, 5e-7, 1e-200, 5e-324, 0.004999999999999999, 0.00004999999999999999, maxAmount, 0.1, 99.99];

describe('money in SQL', () => {
  it.each([...halves, ...odd])('of %d comes to the same unit as in code', async (amount) => {
    expect(await bySql([amount])).toEqual(byFunction([amount]));
  });

  it('of anything that an event may hold does', async () => {
    const half = fc
      .tuple(fc.integer({ min: 0, max: 99_999_999 }), fc.integer({ min: 1, max: 5 }))
      .map(([units, decimals]) => Number(`${units}5e-${decimals}`))
      .filter((amount) => amount <= maxAmount);
    const amount = fc.oneof(
      half,
      fc.double({ min: 0, max: maxAmount, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(amount, { minLength: 2_000, maxLength: 2_000 }), async (amounts) => {
        expect(await bySql(amounts)).toEqual(byFunction(amounts));
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });

  it('is summed exactly, and is NULL where there is none', async () => {
    lake.object('purchases/x.gz', ndjson({ place: 0, amount: maxAmount }, { place: 1, amount: 1.005 }, { place: 2 }));
    const { rows } = await queryLake({
      dir,
      sql: `SELECT SUM(${minorUnitsSql('amount', 2)}) AS sum, COUNT(${minorUnitsSql('amount', 2)}) AS n FROM purchases`,
    });
    expect(rows).toEqual([{ sum: 100_000_000_101, n: 2 }]);
  });
});
