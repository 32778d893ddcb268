import type { ViewingEvent } from '@acme/telemetry-schema';

export type Field = keyof ViewingEvent;

/** The line with some fields changed in their places; a field changed to undefined is left out. */
export const withFields = (
  line: string,
  change: (event: ViewingEvent) => Readonly<Partial<Record<Field, unknown>>>,
): string => {
  const event = JSON.parse(line) as ViewingEvent;
  return JSON.stringify({ ...event, ...change(event) });
};

/** The line with another time, given and answered in UTC milliseconds. */
export const withTime = (line: string, change: (ms: number) => number): string =>
  withFields(line, ({ event_timestamp }) => ({
    event_timestamp: new Date(change(Date.parse(event_timestamp))).toISOString(),
  }));
