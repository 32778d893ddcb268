import type { ClickstreamEventType } from '@acme/telemetry-schema';
import type { Athena, Row } from '@acme/lambda-kit/athena';
import { sharesOf } from '../aggregates/counts.ts';
import { instantOf } from '../results/result-item.ts';
import { keyOf } from '../store/entry.ts';
import { Counters } from './counters.ts';
import { daysIn, eventsOf, type Hours, hoursIn } from './statement.ts';

/** What the lake says of an hour of event time. */
export interface LakeHour {
  readonly hour: string;
  readonly counters: Counters;
  readonly events: number;
  /** The newest hour of arrival of its events, such as `2026-11-21T10`; undefined where it has none. */
  readonly newestArrival: string | undefined;
}

/**
 * Counts the events that lie in the lake anew, with the function's own code, hour by hour: every hour comes, the oldest
 * first, those without events too. Has an hour's counters and a minute's ids in memory.
 *
 * @param except objects that cannot be read, as `s3://bucket/key`
 * @throws what Athena throws
 */
export async function* lakeHours(
  athena: Pick<Athena, 'eachRow'>,
  hours: Hours,
  nowMs: number,
  except: readonly string[] = [],
): AsyncGenerator<LakeHour> {
  for (const day of daysIn(hours)) {
    const left = [...hoursIn(day)];
    let counting = new Counting(left.shift() as string);
    for await (const row of athena.eachRow(eventsOf(day, nowMs, except))) {
      const event = eventIn(row);
      while (!event.instant.startsWith(counting.hour)) {
        yield counting;
        const next = left.shift();
        if (next === undefined) throw new RangeError('the lake gave an event of another day than it was asked for');
        counting = new Counting(next);
      }
      counting.take(event);
    }
    yield counting;
    for (const hour of left) yield new Counting(hour);
  }
}

/** An event of the lake, as far as it counts. */
type LakeEvent = ReturnType<typeof eventIn>;

const eventIn = (row: Row) => {
  const [eventId = '', timestamp = '', eventType = '', deviceType, pageUrl, loadTime, amount, currency, arrived = ''] =
    row;
  const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
  return {
    eventId,
    instant: instantOf(timestamp),
    eventType: eventType as ClickstreamEventType,
    deviceType,
    pageUrl,
    loadTime: number(loadTime),
    amount: number(amount),
    currency,
    arrived,
  };
};

class Counting implements LakeHour {
  readonly hour: string;
  readonly counters = new Counters();
  events = 0;
  newestArrival: string | undefined;
  #minute = '';
  /** Of the events of that minute. */
  #keys = new Set<string>();

  constructor(hour: string) {
    this.hour = hour;
  }

  take(event: LakeEvent): void {
    const { eventId, instant, arrived } = event;
    const minute = instant.slice(0, 16);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#keys = new Set();
    }
    if (this.newestArrival === undefined || arrived > this.newestArrival) this.newestArrival = arrived;
    const key = keyOf(eventId, instant);
    if (this.#keys.has(key)) return;
    this.#keys.add(key);
    this.events += 1;
    for (const { window, subject, counts } of sharesOf(event, instant))
      for (const counter in counts) this.counters.add({ window, subject, counter }, BigInt(counts[counter] as number));
  }
}
