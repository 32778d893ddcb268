import { eventId } from '@acme/synthetic';
import type { Seen } from './latency.ts';
import type { Message } from './viewers.ts';

interface Frame {
  readonly kind: string;
  readonly total: number;
  readonly firstArrivalMs: number;
  readonly lastArrivalMs: number;
  readonly sample: readonly { readonly event_id: string }[];
}

/**
 * The frames among messages that show events of a seed and whose first event arrived in a span of time, ms UTC.
 *
 * @throws NeverSeenError when one of them was not seen at all
 */
export const framesOf = (
  messages: readonly Message[],
  when: 'receivedMs' | 'drawnMs',
  { seed, fromMs, untilMs }: { readonly seed: number; readonly fromMs: number; readonly untilMs: number },
): Seen[] =>
  messages.flatMap(({ data, ...times }) => {
    const frame = JSON.parse(data) as Frame;
    if (frame.kind !== 'events') return [];
    const { total, firstArrivalMs, lastArrivalMs, sample } = frame;
    // The platform's schedule makes events, too: those of another seed.
    const newest = sample.map(({ event_id: id }) => numberOf(id, seed)).find((number) => number !== undefined);
    if (newest === undefined || firstArrivalMs < fromMs || firstArrivalMs >= untilMs) return [];
    const seenMs = times[when];
    if (seenMs === undefined) throw new NeverSeenError('a frame came in and was never drawn');
    return [{ total, firstArrivalMs, lastArrivalMs, newest, seenMs }];
  });

const numberOf = (id: string, seed: number): number | undefined => {
  const number = Number.parseInt(id.slice(-11), 36);
  return eventId(seed, number) === id ? number : undefined;
};

/** A frame that the page did not draw within the time that everything has. */
export class NeverSeenError extends Error {
  override readonly name = 'NeverSeenError';
}
