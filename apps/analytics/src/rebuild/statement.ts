import { hourAt, hourMs, partitionOf, startOf } from '@acme/lake-layout';

/** Hours of event time, ISO to the hour such as `2026-11-21T09`: from the first, up to and without the last. */
export interface Hours {
  readonly from: string;
  readonly to: string;
}

const dayMs = 24 * hourMs;

/** The hours of a stretch, oldest first. */
export const hoursIn = ({ from, to }: Hours): readonly string[] =>
  Array.from({ length: (startOf(to) - startOf(from)) / hourMs }, (_, at) => hourAt(startOf(from) + at * hourMs));

/** The same hours day by day: each is a query. */
export const daysIn = (hours: Hours): readonly Hours[] => {
  const days: Hours[] = [];
  for (let ms = startOf(hours.from); ms < startOf(hours.to);) {
    const end = Math.min(Math.floor(ms / dayMs) * dayMs + dayMs, startOf(hours.to));
    days.push({ from: hourAt(ms), to: hourAt(end) });
    ms = end;
  }
  return days;
};

/** What a row of `eventsOf` holds, in the order of its columns. */
export const columns = [
  'event_id',
  'event_timestamp',
  'event_type',
  'device_type',
  'page_url',
  'load_time',
  'amount',
  'currency',
] as const;

/**
 * Gives the events of these hours in the order of their minutes, and among those the first to arrive first; the last
 * column is the hour in which it did. Rows that are there more than once come once.
 *
 * Raw events lie by the hour of their arrival, which may be five minutes before their time (`clockSkewMs`) and any time
 * after it, so that all days from there to now are read. Rows that are no events are left out: see `badRowsOf`.
 *
 * @param except objects that cannot be read, as `s3://bucket/key`
 */
export const eventsOf = ({ from, to }: Hours, nowMs: number, except: readonly string[] = []): string => `
SELECT ${columns.join(', ')}, min(year || '-' || month || '-' || day || 'T' || hour) AS arrived
FROM clickstream_events
WHERE ${arrivals({ from, to }, nowMs)}${except.length === 0 ? '' : `\n  AND "$path" NOT IN (${except.map(quoted).join(', ')})`}
  AND event_timestamp >= '${from}' AND event_timestamp < '${to}'
  AND ${isEvent}
GROUP BY ${columns.join(', ')}
ORDER BY substr(event_timestamp, 1, 16), arrived`;

/** Whether a row has what every event has; without it, it is a line that cannot be read. */
const isEvent = String.raw`(event_id IS NOT NULL AND event_type IS NOT NULL
    AND regexp_like(event_timestamp, '^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?Z$'))`;

/** Gives the objects among those that `eventsOf` reads that have rows which are no events. */
export const badRowsOf = (hours: Hours, nowMs: number): string => `
SELECT "$path" AS object, COUNT(*) AS bad_rows
FROM clickstream_events
WHERE ${arrivals(hours, nowMs)}
  AND coalesce(${isEvent}, false) = false
GROUP BY 1
ORDER BY 1`;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The days of arrival that events of these hours may have, up to now, such as `2026-11-21`. */
export const arrivalDays = ({ from }: Hours, nowMs: number): string[] => {
  const days: string[] = [];
  for (let ms = Math.floor((startOf(from) - hourMs) / dayMs) * dayMs; ms <= nowMs; ms += dayMs)
    days.push(new Date(ms).toISOString().slice(0, 'yyyy-mm-dd'.length));
  return days;
};

/** Years and months by themselves, too, from which Athena tells the partitions that there are to look at. */
const arrivals = (hours: Hours, nowMs: number): string => {
  const days = arrivalDays(hours, nowMs).map(partitionOf);
  const oneOf = (column: string, values: readonly string[]): string =>
    `${column} IN (${[...new Set(values)].map((value) => `'${value}'`).join(', ')})`;
  return [
    oneOf(
      'year',
      days.map(({ year }) => year),
    ),
    oneOf(
      'month',
      days.map(({ month }) => month),
    ),
    oneOf(
      "year || '-' || month || '-' || day",
      days.map(({ year, month, day }) => `${year}-${month}-${day}`),
    ),
  ].join(' AND ');
};
