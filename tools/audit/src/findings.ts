import type { Database } from './database.ts';
import { type Finding, mostNames } from './report.ts';
import type { Sink } from './sinks.ts';

/** A sum that does not hold: how many of what, and whose names to tell. */
export interface Check {
  readonly what: string;
  /** Gives one row for each that is off: `weight`, how many it counts for, and `name`. */
  readonly off: string;
  /** Turns the named rows of `off` (as `named`) into other names, one per row: the ids of a record's events. */
  readonly names?: string;
}

const position = `shard || ' ' || sequence`;
const eventsOf = `
  SELECT UNNEST(r.ids) AS name FROM (SELECT UNNEST(records) AS r FROM receipts)
  WHERE r.shard || ' ' || r.sequence IN (SELECT name FROM named)`;
/** The event ids of a view that belong to named keys. */
export const idsIn = (view: string): string =>
  `SELECT DISTINCT id AS name FROM ${view} WHERE hash(id) IN (SELECT key FROM named)`;

/** What of these checks is off, under the name of the station that they are about. */
export const run = async (database: Database, where: string, checks: readonly Check[]): Promise<Finding[]> => {
  const findings: Finding[] = [];
  for (const { what, off, names = 'SELECT name FROM named' } of checks) {
    const [sum] = await database.rows<{ weight: number | null }>(`SELECT SUM(weight)::DOUBLE AS weight FROM (${off})`);
    if (!sum?.weight) continue;
    const named = await database.rows<{ name: string }>(
      `WITH named AS MATERIALIZED (SELECT * FROM (${off}) ORDER BY ALL LIMIT ${mostNames})
       SELECT name FROM (${names}) ORDER BY name LIMIT ${mostNames}`,
    );
    findings.push({ where, what, count: sum.weight, names: named.map(({ name }) => name) });
  }
  return findings;
};

/** What does not add up at the producer. */
export const producerFindings = (database: Database): Promise<Finding[]> =>
  run(database, 'producer', [
    {
      what: 'events of calls that neither were accepted, nor rejected, nor failed',
      off: `SELECT abs(totals."in" - totals.accepted - totals.rejected - totals.failed) AS weight, request AS name
            FROM calls WHERE totals."in" <> totals.accepted + totals.rejected + totals.failed`,
    },
    {
      what: 'accepted events without a receipt',
      off: `SELECT abs(totals.accepted - events) AS weight, request AS name FROM calls WHERE totals.accepted <> events`,
    },
    {
      what: 'rejected events that are not in quarantine',
      off: `SELECT rejected - COALESCE(aside.events, 0) AS weight, request AS name
            FROM (SELECT request, arg_max(totals.rejected, at_ms) AS rejected FROM calls WHERE totals IS NOT NULL
                  GROUP BY ALL)
            LEFT JOIN aside USING (request) WHERE rejected > COALESCE(aside.events, 0)`,
    },
  ]);

/** What does not add up on the stream, once a sink is loaded. */
export const streamFindings = (database: Database): Promise<Finding[]> =>
  run(database, 'stream', [
    {
      what: 'accepted events that the auditor has not seen on the stream',
      off: `SELECT receipted AS weight, ${position} AS name FROM records WHERE receipted IS NOT NULL AND lines IS NULL`,
      names: eventsOf,
    },
    {
      what: 'records whose receipt speaks of another number of events than they hold',
      off: `SELECT 1 AS weight, ${position} AS name FROM records WHERE receipted <> lines`,
    },
  ]);

/**
 * What does not add up at the sink that is loaded.
 *
 * @param isWhole whether every arrival is audited: only then must everything that landed be on record
 */
export const sinkFindings = (database: Database, sink: Sink, isWhole: boolean): Promise<Finding[]> =>
  run(database, sink.consumer, [
    {
      what: 'events on the stream that it never read',
      off: `SELECT lines AS weight, ${position} AS name FROM records WHERE lines > 0 AND "in" IS NULL`,
      names: `SELECT COALESCE(id, named.name) AS name FROM named LEFT JOIN
                (SELECT r.shard || ' ' || r.sequence AS name, UNNEST(r.ids) AS id
                 FROM (SELECT UNNEST(records) AS r FROM receipts)) AS ids ON ids.name = named.name`,
    },
    {
      what: 'events that it took from records which the auditor has not seen',
      off: `SELECT "in" AS weight, ${position} AS name FROM records WHERE "in" > 0 AND lines IS NULL`,
    },
    {
      what: 'records of which it took another number of events than they hold',
      off: `SELECT 1 AS weight, ${position} AS name FROM records WHERE "in" <> lines OR "in" <> good + bad`,
    },
    {
      what: 'records of which it took other events than the producer put there',
      off: `SELECT 1 AS weight, ${position} AS name FROM records WHERE "hasOtherIds" AND bad = 0 AND "in" = receipted`,
    },
    {
      what: 'records of which two of its ledger entries say different things',
      off: `SELECT 1 AS weight, ${position} AS name FROM records WHERE "isContradicted"`,
    },
    {
      what: 'bad events that are not in its quarantine',
      off: `SELECT bad - aside AS weight, ${position} AS name FROM records WHERE bad > aside`,
    },
    {
      what: 'events in its quarantine that no ledger entry calls bad',
      off: `SELECT aside - COALESCE(bad, 0) AS weight, ${position} AS name FROM records WHERE aside > COALESCE(bad, 0)`,
    },
    {
      what: 'good events that did not land',
      off: `SELECT 1 AS weight, key FROM events WHERE hour IS NOT NULL AND copies = 0`,
      names: idsIn('good_ids'),
    },
    ...(isWhole
      ? [
          {
            what: 'events that landed though its ledger tells of none such',
            off: `SELECT 1 AS weight, key FROM events WHERE hour IS NULL`,
            names: idsIn('rows_there'),
          },
        ]
      : []),
    ...(sink.isExact
      ? [
          {
            what: 'events that landed more than once',
            off: `SELECT 1 AS weight, hash(id) AS key FROM rows_there WHERE hash(id) IN (SELECT key FROM events WHERE copies > 1)
                  GROUP BY id, instant HAVING COUNT(*) > 1`,
            names: idsIn('rows_there'),
          },
        ]
      : []),
  ]);

/** What readers of the sink that is loaded should know. */
export const sinkNotes = (database: Database, sink: Sink, firstDay: string | undefined): Promise<Finding[]> =>
  run(database, sink.consumer, [
    {
      what: 'conflicting ids: events that share an id and differ in their time',
      off: `SELECT 1 AS weight, key FROM events WHERE "firstMs" <> "lastMs"`,
      names: `SELECT DISTINCT id || ' ' || strftime(make_timestamp_ms(instant), '%Y-%m-%dT%H:%M:%S.%gZ') AS name
              FROM rows_there WHERE hash(id) IN (SELECT key FROM named)`,
    },
    ...('prefix' in sink && sink.hoursOf === 'event' && firstDay !== undefined
      ? [
          {
            what: `events that happened before the table's first day, ${firstDay}: no query of it finds them`,
            off: `SELECT 1 AS weight, key FROM events WHERE "firstMs" < ${Date.parse(firstDay)}`,
            names: idsIn('rows_there'),
          },
        ]
      : []),
  ]);
