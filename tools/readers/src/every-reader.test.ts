// Whatever the contract accepts, every reader reads, and reads the same. Here the readers that Node has; the others are in
// every-reader.engines.test.ts.
import { families } from '@acme/telemetry-schema';
import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { landed } from './landed.ts';
import { firstDifference } from './reading.ts';
import { duckDb } from './readers/duckdb.ts';
import { jsonParse } from './readers/json-parse.ts';
import { strict } from './readers/strict.ts';
import { aRecord } from './senders/records.ts';

/** The quick ones first: of what they find the smallest example is soon there. */
const readers = { strict, jsonParse, duckDb } as const;

describe.each(families)('what the contract accepts of %s events', (family) => {
  it('is read by every reader, and by each the same', async () => {
    const records = fc.array(aRecord(family), { minLength: 1, maxLength: 200, size: 'max' });
    await fc.assert(
      fc.asyncProperty(records, async (some) => {
        const objects = await landed(family, some);
        for (const [name, read] of Object.entries(readers)) {
          for (const { table, object, rows } of objects) {
            const difference = firstDifference(rows, await read(table, object));
            if (difference !== undefined) throw new Error(`${table} by ${name}: ${difference}`);
          }
        }
      }),
      { numRuns: 15, interruptAfterTimeLimit: 20_000 },
    );
  });
});
