import { dailyClock } from './daily-clock.ts';
import { lanes } from './lanes.ts';
import { openUniverse, type Universe } from './universe/universe.ts';
import type { ViewingRange } from './viewing/events.ts';
import { eventsPerBlock, windowMs } from './viewing/limits.ts';

/** Which batch data set; what is not said is the reference data set. */
export interface DataSetOptions {
  /** A universe's. @default 1, which is what live traffic has, so that both refer to the same customers and titles */
  readonly seed?: number;
  /** Times 100,000 events. @default 1 */
  readonly scale?: number;
  /** First day, UTC. @default 2026-10-01: a fixed period, so that the same command means the same data on any day */
  readonly from?: string;
  /** Last day, UTC, included. @default 2026-10-31 */
  readonly to?: string;
}

/** A universe and what was watched in it over some days. */
export interface DataSet extends Required<DataSetOptions> {
  readonly universe: Universe;
  /** Numbers that live traffic never has, so its events can be told from those of the same seed's traffic. */
  readonly range: ViewingRange;
  /** From the first to the last, such as `2026-10-01`. */
  readonly days: readonly string[];
}

export const eventsPerScale = 100_000;
/** A hundred thousand million events: what a year of 3,000 a second makes. */
const mostScale = 1_000_000;
const dayMs = 86_400_000;
const firstDay = '2000-01-01';
const lastDay = '9998-12-31';

/**
 * The batch data set of a seed. The same options give the same events on every machine; another scale or other days
 * give other events under the same ids, so a lake holds one data set of a seed at a time.
 *
 * Scale is how much is watched, not by how many: customers and titles are always the universe's, as live traffic knows
 * them.
 *
 * @throws RangeError that says which option is out of its range
 */
export const dataSet = ({
  seed = 1,
  scale = 1,
  from = '2026-10-01',
  to = '2026-10-31',
}: DataSetOptions = {}): DataSet => {
  if (seed >>> 0 !== seed) throw new RangeError('seed must be a whole number from 0 to 4294967295');
  const count = Math.round(scale * eventsPerScale);
  if (!(count >= 1 && scale <= mostScale)) {
    throw new RangeError(`scale must be from ${1 / eventsPerScale} to ${mostScale}: ${eventsPerScale} events each`);
  }
  const [fromMs, lastMs] = [dayOf('from', from), dayOf('to', to)];
  if (fromMs > lastMs) throw new RangeError('from must not lie after to');
  const universe = openUniverse(seed);
  const period = { fromMs, toMs: lastMs + dayMs, from: lanes.seeded, events: count };
  const days = Array.from({ length: (lastMs - fromMs) / dayMs + 1 }, (_, day) => dateOf(fromMs + day * dayMs));
  return {
    seed,
    scale,
    from,
    to,
    universe,
    range: { from: lanes.seeded, count, clock: dailyClock(period) },
    days,
  };
};

/**
 * The smallest range that holds all events of a day: with them come some of the days before and after, because the
 * window of a block may reach over midnight.
 */
export const rangeOfDay = ({ range }: DataSet, date: string): ViewingRange => {
  const startMs = Date.parse(date);
  const end = range.from + range.count;
  const first = Math.floor(range.from / eventsPerBlock);
  const past = Math.ceil(end / eventsPerBlock);
  // Windows end later block by block, so both ends are found by halving.
  const firstEndingAfter = (ms: number): number => {
    let [low, high] = [first, past];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (range.clock(middle) > ms) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const from = firstEndingAfter(startMs - 1) * eventsPerBlock;
  const to = Math.min(end, firstEndingAfter(startMs + dayMs + windowMs) * eventsPerBlock);
  return { ...range, from, count: Math.max(0, to - from) };
};

const dayOf = (name: string, text: string): number => {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms) || dateOf(ms) !== text || text < firstDay || text > lastDay) {
    throw new RangeError(`${name} must be a day from ${firstDay} to ${lastDay}`);
  }
  return ms;
};

const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
