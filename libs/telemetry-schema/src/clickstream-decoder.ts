import { type ClickstreamEvent, parseClickstreamEvent } from './clickstream-event.ts';
import { respellClickstream } from './clickstream-spelling.ts';
import { boundsProblem } from './event-bounds.ts';
import { readLine } from './event-line.ts';
import type { Parsed } from './parsed.ts';

/**
 * A clickstream event from a sender who spells it in a way of their own (`respellClickstream`), or everything that is
 * wrong with it, in the contract's names.
 *
 * @param missingId the id of an event that comes without one; then its time may be missing too, and is its arrival.
 * Without it both are required: where an event has no place yet, nothing else could tell it from its copy
 */
export const decodeClickstreamEvent = (
  value: unknown,
  arrivedAtMs: number,
  missingId?: () => string,
): Parsed<ClickstreamEvent> => {
  const outOfBounds = boundsProblem(value);
  if (outOfBounds) return { ok: false, problems: [outOfBounds] };
  const event = respellClickstream(value);
  return parseClickstreamEvent(missingId ? completed(event, arrivedAtMs, missingId) : event, arrivedAtMs);
};

/** The same for a line of NDJSON, whose size is checked before it is parsed. */
export const decodeClickstreamLine = (
  line: string,
  arrivedAtMs: number,
  missingId?: () => string,
): Parsed<ClickstreamEvent> => {
  const read = readLine(line);
  return read.ok ? decodeClickstreamEvent(read.value, arrivedAtMs, missingId) : read;
};

const completed = (event: unknown, arrivedAtMs: number, missingId: () => string): unknown => {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return event;
  const { eventId, timestamp } = event as { readonly eventId?: unknown; readonly timestamp?: unknown };
  return {
    ...event,
    eventId: eventId ?? missingId(),
    timestamp: timestamp ?? new Date(arrivedAtMs).toISOString(),
  };
};
