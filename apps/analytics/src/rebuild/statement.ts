/** Hours of event time, ISO to the hour such as `2026-11-21T09`: from the first, up to and without the last. */
export interface Hours {
  readonly from: string;
  readonly to: string;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const msOf = (hour: string): number => Date.parse(`${hour}:00:00Z`);

/** The hours of a stretch, oldest first. */
export const hoursIn = ({ from, to }: Hours): readonly string[] =>
  Array.from({ length: (msOf(to) - msOf(from)) / hourMs }, (_, at) =>
    new Date(msOf(from) + at * hourMs).toISOString().slice(0, 13),
  );

/** The same hours day by day: each is a query. */
export const daysIn = (hours: Hours): readonly Hours[] => {
  const days: Hours[] = [];
  for (let ms = msOf(hours.from); ms < msOf(hours.to);) {
    const end = Math.min(Math.floor(ms / dayMs) * dayMs + dayMs, msOf(hours.to));
    days.push({ from: new Date(ms).toISOString().slice(0, 13), to: new Date(end).toISOString().slice(0, 13) });
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
 * after it, so that all days from there to now are read.
 */
export const eventsOf = ({ from, to }: Hours, nowMs: number): string => `
SELECT ${columns.join(', ')}, min(year || '-' || month || '-' || day || 'T' || hour) AS arrived
FROM clickstream_events
WHERE ${arrivals(msOf(from) - hourMs, nowMs)}
  AND event_timestamp >= '${from}' AND event_timestamp < '${to}'
GROUP BY ${columns.join(', ')}
ORDER BY substr(event_timestamp, 1, 16), arrived`;

/** Years and months by themselves, too, from which Athena tells the partitions that there are to look at. */
const arrivals = (fromMs: number, toMs: number): string => {
  const days = [];
  for (let ms = Math.floor(fromMs / dayMs) * dayMs; ms <= toMs; ms += dayMs)
    days.push(new Date(ms).toISOString().slice(0, 10).split('-') as [year: string, month: string, day: string]);
  const oneOf = (column: string, values: readonly string[]): string =>
    `${column} IN (${[...new Set(values)].map((value) => `'${value}'`).join(', ')})`;
  return [
    oneOf(
      'year',
      days.map(([year]) => year),
    ),
    oneOf(
      'month',
      days.map(([, month]) => month),
    ),
    oneOf(
      "year || '-' || month || '-' || day",
      days.map((day) => day.join('-')),
    ),
  ].join(' AND ');
};
