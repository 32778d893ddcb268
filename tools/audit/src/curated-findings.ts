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
      off: `SELECT 1 AS weight, id_key AS key ${missing} AND "isDue"`,
      names: idsIn('good_ids'),
    },
    {
      what: 'events that have waited for compaction for more than two hours',
      off: `SELECT 1 AS weight, id_key AS key ${missing} AND NOT "isDue" AND NOT "isBefore" AND "isOverdue"`,
      names: idsIn('good_ids'),
    },
    {
      what: 'events that are in it more than once',
      off: `SELECT 1 AS weight, id_key AS key FROM curated WHERE copies > 1`,
      names: idsIn('curated_rows'),
    },
    {
      what: 'events in the partition of another day',
      off: `SELECT 1 AS weight, id_key AS key FROM curated WHERE "isMisfiled"`,
      names: idsIn('curated_rows'),
    },
    ...(isWhole
      ? [
          {
            what: 'events in it from the stream that no ledger entry tells of',
            off: `SELECT 1 AS weight, id_key AS key FROM curated LEFT JOIN events ON events.key = id_key
                  WHERE "isRun" AND events.hour IS NULL`,
            names: idsIn('curated_rows'),
          },
        ]
      : []),
  ]);

/** Raw events that the loader has on record and that are not in the table. */
const missing = `
  FROM raw_state AS raw JOIN events ON events.key = raw.id_key ANTI JOIN curated ON curated.key = raw.key
  WHERE events.hour IS NOT NULL`;

/** What readers of `telemetry` should know. */
export const curatedNotes = (database: Database): Promise<Finding[]> =>
  run(database, 'telemetry', [
    {
      what: "events that happened before the table's first day: streaming_events has them, for as long as it keeps them",
      off: `SELECT 1 AS weight, id_key AS key ${missing} AND "isBefore"`,
      names: idsIn('good_ids'),
    },
  ]);
