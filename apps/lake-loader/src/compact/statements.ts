import { glueColumnsOf, tables } from '@acme/telemetry-schema';
import { partitionOf } from './raw-hour.ts';

/** Most days that one UNLOAD may write (limit: 100 partitions, Athena user guide, "UNLOAD"). */
export const mostDates = 100;

const wanted = glueColumnsOf(tables.telemetry.schema).map(({ name }) => name);
const others = wanted.filter((name) => name !== 'event_id');
const eventDay = 'substr(event_timestamp, 1, 10)';

const ofHour = (hour: string): string =>
  Object.entries(partitionOf(hour))
    .map(([key, value]) => `${key} = '${value}'`)
    .join(' AND ');

/** The partition that events of other days are written to, for nobody to read: that there are any is what counts. */
export const otherDays = 'other-days';

const listOf = (dates: readonly string[]): string => dates.map((date) => `'${date}'`).join(', ');

/**
 * Gives the days on which the events of an hour of arrival happened, and how many events each has, copies included.
 *
 * @param except days that are known already
 */
export const daysOf = (hour: string, except: readonly string[]): string => {
  const others = except.length > 0 ? ` AND coalesce(${eventDay}, '') NOT IN (${listOf(except)})` : '';
  return `SELECT ${eventDay} AS event_day, count(*) AS events FROM streaming_events WHERE ${ofHour(hour)}${others} GROUP BY 1 ORDER BY 1`;
};

/**
 * Writes the events of an hour of arrival that happened on these days and are not in `telemetry` yet, each once, as
 * Parquet under a folder of its own. Of several events with one id it is the same that is taken, whoever asks and how
 * often: the first by all its fields.
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
      row_number() OVER (PARTITION BY event_id ORDER BY ${others.join(', ')}) AS copy
    FROM streaming_events
    WHERE ${ofHour(hour)}
  ) AS raw
  WHERE raw.copy = 1${findsOthers ? '' : `\n    AND raw.event_day IN (${days})`}
    AND NOT EXISTS (
      SELECT 1 FROM telemetry AS known WHERE known.date IN (${days}) AND known.event_id = raw.event_id
    )
)
TO '${folder}'
WITH (format = 'PARQUET', compression = 'ZSTD', partitioned_by = ARRAY['date'])`.trim();
};
