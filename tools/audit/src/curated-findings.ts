import type { Database } from './database.ts';
import { idsIn, run } from './findings.ts';
import type { Finding } from './report.ts';

/**
 * What does not add up in `telemetry`, once it is loaded.
 *
 * @param isWhole whether every arrival is audited: only then must everything from the stream be on record
 */
export const curatedFindings = (database: Database, isWhole: boolean): Promise<Finding[]> =>
  run(database, 'telemetry', [
    { what: 'files that a manifest lists and that are gone', off: 'SELECT 1 AS weight, name FROM gone' },
    {
      what: 'events of compacted objects that are not in it',
      off: `SELECT 1 AS weight, key FROM events JOIN raw_state USING (key) LEFT JOIN curated USING (key)
            WHERE events.hour IS NOT NULL AND "isDue" AND curated.copies IS NULL`,
      names: idsIn('good_ids'),
    },
    {
      what: 'events that are in it more than once',
      off: `SELECT 1 AS weight, key FROM curated WHERE copies > 1`,
      names: idsIn('curated_rows'),
    },
    {
      what: 'events in the partition of another day',
      off: `SELECT 1 AS weight, key FROM curated WHERE "isMisfiled"`,
      names: idsIn('curated_rows'),
    },
    ...(isWhole
      ? [
          {
            what: 'events in it from the stream that no ledger entry tells of',
            off: `SELECT 1 AS weight, key FROM curated LEFT JOIN events USING (key) WHERE "isRun" AND events.hour IS NULL`,
            names: idsIn('curated_rows'),
          },
        ]
      : []),
  ]);
