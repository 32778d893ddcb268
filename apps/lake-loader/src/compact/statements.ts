import { partitionOf } from '@acme/lake-layout';
import { glueColumnsOf, tables } from '@acme/telemetry-schema';

/** Most days that one UNLOAD may write (limit: 100 partitions, Athena user guide, "UNLOAD"). */
export const mostDates = 100;

const wanted = glueColumnsOf(tables.telemetry.schema).map(({ name }) => name);
const others = wanted.filter((name) => name !== 'event_id');

/** When it happened, as events say it: to the second or finer, in UTC. */
const instant = String.raw`^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T\d{2}:\d{2}:\d{2}(\.\d+)?Z$`;

/** The day of an event; NULL for a row that is none: a line that cannot be read is a row of NULLs. */
const eventDay = `CASE WHEN event_id IS NOT NULL AND regexp_like(event_timestamp, '${instant}') THEN substr(event_timestamp, 1, 10) END`;

/**
 * When an event happened, to the millisecond: `2026-11-21T09:30:00Z` and `2026-11-21T09:30:00.0004Z` are one instant. In
 * characters, not as a timestamp, so that no text makes the statement fail. The time ends in Z (contract).
 */
const instantOf = (column: string): string =>
  `substr(replace(${column}, 'Z', '') || substr('0000-00-00T00:00:00.000', length(${column})), 1, 23)`;

const ofHour = (hour: string): string =>
  Object.entries(partitionOf(hour))
    .map(([key, value]) => `${key} = '${value}'`)
    .join(' AND ');

/** The partition that events of other days, and of none, are written to, for nobody to read: that there are any counts. */
export const otherDays = 'other-days';

const listOf = (dates: readonly string[]): string => dates.map((date) => `'${date}'`).join(', ');

/**
 * Gives the days on which the events of an hour of arrival happened, and how many events each has, copies included; NULL
 * is the day of rows that are no events.
 *
 * @param except days that are known already
 */
export const daysOf = (hour: string, except: readonly string[]): string => {
  const others = except.length > 0 ? ` AND coalesce(${eventDay}, '') NOT IN (${listOf(except)})` : '';
  return `SELECT ${eventDay} AS event_day, count(*) AS events FROM streaming_events WHERE ${ofHour(hour)}${others} GROUP BY 1 ORDER BY 1`;
};

/**
 * Writes the events of an hour of arrival that happened on these days and are not in `telemetry` yet, each once, as
 * Parquet under a folder of its own. An event is its id and its instant: what shares both is a copy. Of copies that say
 * different things it is the same that is taken, whoever asks and how often: the first by all its fields; but one that is
 * in the table stays there.
 *
 * @param findsOthers whether events of other days are written too, as the partition `otherDays`
 */
export const unloadNew = (hour: string, dates: readonly string[], folder: string, findsOthers: boolean): string => {
  const days = listOf(dates);
  return `
UNLOAD (
  SELECT ${wanted.map((name) => `raw.${name}`).join(', ')},
    CASE WHEN raw.event_day IN (${days}) THEN raw.event_day ELSE '${otherDays}' END AS date
  FROM (
    SELECT ${wanted.join(', ')}, ${eventDay} AS event_day,
      ${instantOf('event_timestamp')} AS instant,
      row_number() OVER (PARTITION BY event_id, ${instantOf('event_timestamp')} ORDER BY ${others.join(', ')}) AS copy
    FROM streaming_events
    WHERE ${ofHour(hour)}
  ) AS raw
  WHERE raw.copy = 1${findsOthers ? '' : `\n    AND raw.event_day IN (${days})`}
    AND NOT EXISTS (
      SELECT 1 FROM telemetry AS known
      WHERE known.date IN (${days}) AND known.event_id = raw.event_id
        AND ${instantOf('known.event_timestamp')} = raw.instant
    )
)
TO '${folder}'
WITH (format = 'PARQUET', compression = 'ZSTD', partitioned_by = ARRAY['date'])`.trim();
};
