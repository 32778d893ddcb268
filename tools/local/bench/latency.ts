/** A range of events that the generator was asked for, and when, in ms UTC. */
export interface Asked {
  readonly from: number;
  readonly count: number;
  readonly askedMs: number;
  /** When it answered; all events of the range had reached the stream before. */
  readonly answeredMs: number;
}

/** A frame of the live view: it counts every event of its batch, and shows some. */
export interface Seen {
  readonly total: number;
  /** When the first and the last of its events reached the stream, in ms UTC. */
  readonly firstArrivalMs: number;
  readonly lastArrivalMs: number;
  /** The number of the newest event shown. */
  readonly newest: number;
  readonly seenMs: number;
}

/** So many events took so long. */
export interface Latency {
  readonly ms: number;
  readonly events: number;
}

/**
 * How long the events of frames took from the moment that the generator was asked for them until they were seen: all
 * events, not only the newest ones that a frame shows. When a frame's first and last event reached the stream tells
 * which ranges it holds; its count is split evenly over them, as ranges of steady traffic are alike.
 *
 * @throws UnknownEventsError when a frame's events are of no range, or not of those that its times say
 */
export const latencies = (asked: readonly Asked[], frames: readonly Seen[]): Latency[] =>
  frames.flatMap(({ total, firstArrivalMs, lastArrivalMs, newest, seenMs }) => {
    const ranges = asked.filter(({ askedMs, answeredMs }) => askedMs <= lastArrivalMs && answeredMs >= firstArrivalMs);
    if (!ranges.some(({ from, count }) => newest >= from && newest < from + count)) {
      throw new UnknownEventsError('a frame shows an event of another range than its times say');
    }
    return ranges.map(({ askedMs }) => ({ ms: seenMs - askedMs, events: total / ranges.length }));
  });

/** The time within which a share of the events, 0 to 1, was seen. */
export const percentile = (measured: readonly Latency[], share: number): number => {
  const ordered = [...measured].sort((a, b) => a.ms - b.ms);
  const wanted = share * ordered.reduce((sum, { events }) => sum + events, 0);
  let sum = 0;
  return ordered.find(({ events }) => (sum += events) >= wanted)?.ms ?? ordered.at(-1)?.ms ?? Number.NaN;
};

/** Frames that do not fit the ranges asked for. */
export class UnknownEventsError extends Error {
  override readonly name = 'UnknownEventsError';
}
