import { instant } from './fields.ts';
import type { Problem } from './parsed.ts';

/** The earliest time an event may claim, in milliseconds since 1970. */
export const earliestEventTimeMs = Date.UTC(2000, 0, 1);

/** How far ahead of its arrival an event may claim to be, for senders whose clocks run fast. */
export const clockSkewMs = 5 * 60_000;

/**
 * What is wrong with an event's claimed time, if anything. It is judged against the event's arrival, never against
 * now, so that a replay years later judges alike.
 */
export const timeProblem = (field: string, timestamp: string, arrivedAtMs: number): Problem | undefined => {
  const claimed = Date.parse(timestamp);
  if (claimed >= earliestEventTimeMs && claimed <= arrivedAtMs + clockSkewMs) return undefined;
  const reason =
    claimed < earliestEventTimeMs
      ? 'must not be before 2000-01-01T00:00:00Z'
      : 'must not be more than 5 minutes after the event arrived';
  return { field, reason };
};

const wellFormed = instant();

/** The same for a value that failed its schema elsewhere: only a well-formed time is judged. */
export const timeProblemIn = (field: string, value: unknown, arrivedAtMs: number): Problem | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const time = wellFormed.safeParse((value as Readonly<Record<string, unknown>>)[field]);
  return time.success ? timeProblem(field, time.data, arrivedAtMs) : undefined;
};
