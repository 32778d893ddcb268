import { minorUnitsSql } from '@acme/telemetry-schema';
import type { Database } from './database.ts';
import { run } from './findings.ts';
import type { Finding } from './report.ts';
import type { TableSink } from './sinks.ts';
import type { Tables } from './tables.ts';

/**
 * Items and counters of minutes are kept for 30 days after their events arrived: earlier windows may lack some of either,
 * and are not looked at.
 */
const keptDays = 29;

/** What is no counter. */
const others = new Set(['window', 'subject', 'expiresAt']);

/**
 * Adds up the items of a sink once they are loaded, in words of its own, and holds the aggregates against that: per
 * minute and hour by event type, device and currency, and by page.
 */
export const aggregateFindings = async (
  database: Database,
  tables: Tables,
  { consumer, aggregates }: TableSink,
): Promise<Finding[]> => {
  await database.fill('held', ['"window"', 'subject', 'counter', 'value'], (add) =>
    tables.scan(aggregates, ({ window, subject, ...item }) => {
      const ofAllPieces = window?.S?.replace(/#\d\d$/, '');
      for (const [counter, { N }] of Object.entries(item))
        if (N !== undefined && !others.has(counter)) add([ofAllPieces, subject?.S, counter, N]);
    }),
  );
  await database.run(owed);
  const since = new Date(Date.now() - keptDays * 86_400_000).toISOString();
  return run(database, consumer, [
    {
      what: 'counters in its aggregates that are not the sum of its items',
      off: `
        SELECT 1 AS weight, concat_ws(' ', "window", subject, counter) || ': ' || COALESCE(held.sum, 0)::VARCHAR
               || ', and its items come to ' || COALESCE(owed.sum, 0)::VARCHAR AS name
        FROM (SELECT "window", subject, counter, SUM(value::HUGEINT) AS sum FROM held GROUP BY ALL) AS held
        FULL JOIN owed USING ("window", subject, counter)
        WHERE COALESCE(held.sum, 0) <> COALESCE(owed.sum, 0) AND split_part("window", '#', 2) > '${since}'`,
    },
  ]);
};

/** An amount in its minor unit, by the digits that one has (ISO 4217 knows these). */
const minor = [0, 2, 3, 4].map((digits) => `WHEN '${digits}' THEN ${minorUnitsSql('amount', digits)}`).join(' ');

/** What the items come to. A page's counters of a minute are in the item of its hour, under the minute and a bar. */
const owed = `
CREATE OR REPLACE TABLE owed AS
WITH of_pages AS (
  SELECT instant, page, 'type#' || type AS counter, 1::HUGEINT AS growth FROM items
  UNION ALL SELECT instant, page, 'loads', 1 FROM items WHERE load_ms IS NOT NULL
  UNION ALL SELECT instant, page, 'loadTimeMs', load_ms::HUGEINT FROM items WHERE load_ms IS NOT NULL
), of_all AS (
  SELECT instant, counter, growth FROM of_pages
  UNION ALL SELECT instant, 'events', 1 FROM items
  UNION ALL SELECT instant, 'device#' || COALESCE(device, 'unknown'), 1 FROM items
  UNION ALL SELECT instant, 'purchases#' || CASE WHEN digits IS NULL THEN 'XXX' ELSE currency END, 1
            FROM items WHERE currency IS NOT NULL
  UNION ALL SELECT instant, 'revenue#' || currency, CASE digits ${minor} END FROM items WHERE digits IS NOT NULL
)
SELECT "window", subject, counter, SUM(growth) AS sum FROM (
  SELECT UNNEST(['minute#' || instant[:16], 'hour#' || instant[:13]]) AS "window", 'all' AS subject, counter, growth FROM of_all
  UNION ALL
  SELECT 'hour#' || instant[:13], 'page#' || page, UNNEST([counter, instant[15:16] || '|' || counter]), growth
  FROM of_pages WHERE page IS NOT NULL
) GROUP BY ALL`;
