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

/** Gives the days on which the events of an hour of arrival happened, and how many events each has, copies included. */
export const daysOf = (hour: string): string =>
  `SELECT ${eventDay} AS event_day, count(*) AS events FROM streaming_events WHERE ${ofHour(hour)} GROUP BY 1 ORDER BY 1`;

/**
 * Writes the events of an hour of arrival that happened on these days and are not in `telemetry` yet, each once, as
 * Parquet under a folder of its own. Of several events with one id it is the same that is taken, whoever asks and how
 * often: the first by all its fields.
 */
export const unloadNew = (hour: string, dates: readonly string[], folder: string): string => {
  const days = dates.map((date) => `'${date}'`).join(', ');
  return `
UNLOAD (
  SELECT ${wanted.map((name) => `raw.${name}`).join(', ')}, raw.event_day AS date
  FROM (
    SELECT ${wanted.join(', ')}, ${eventDay} AS event_day,
      row_number() OVER (PARTITION BY event_id ORDER BY ${others.join(', ')}) AS copy
    FROM streaming_events
    WHERE ${ofHour(hour)}
  ) AS raw
  WHERE raw.copy = 1
    AND raw.event_day IN (${days})
    AND NOT EXISTS (
      SELECT 1 FROM telemetry AS known WHERE known.date IN (${days}) AND known.event_id = raw.event_id
    )
)
TO '${folder}'
WITH (format = 'PARQUET', compression = 'ZSTD', partitioned_by = ARRAY['date'])`.trim();
};
