import { asDecimal, minorDigits, noCurrency } from '@acme/telemetry-schema';
import { counterOf } from '../aggregates/keys.ts';
import { type Granularity, type Interval, windowMs, windowsIn } from '../aggregates/windows.ts';
import { cover } from './cover.ts';
import { pageSums } from './page-sums.ts';
import { type Aggregates, type Sums, sumsOf, together } from './sums.ts';

/** What happened in a minute or an hour. */
export interface Window {
  readonly startMs: number;
  readonly events: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly byDevice: Readonly<Record<string, number>>;
  /** Of page views that say how long they took; undefined where none does. */
  readonly meanLoadTimeMs: number | undefined;
}

export interface Page {
  readonly page: string;
  readonly views: number;
  readonly clicks: number;
  readonly errors: number;
  readonly meanLoadTimeMs: number | undefined;
}

/** What was bought in a currency. `XXX` is purchases in currencies that nobody knows; they have no amount. */
export interface Revenue {
  readonly currency: string;
  readonly purchases: number;
  /** Exact, in the currency's minor unit. */
  readonly minorUnits: bigint;
  /** The same as people write it: `1234.50`. */
  readonly amount: string;
}

export interface ErrorRate {
  readonly events: number;
  readonly errors: number;
  /** Errors per event, from 0 to 1; 0 when nothing happened. */
  readonly rate: number;
}

/** The figures of `analytics-aggregates`, by event time. The newest windows still grow. */
export interface Analytics {
  /** The newest windows up to now, the newest first, those without events included. @param most 1 to 1440 */
  latestWindows(granularity: Granularity, most: number, nowMs: number): Promise<Window[]>;
  /** The pages with the most views, and their names in order where views are equal. */
  topPages(interval: Interval, most: number): Promise<Page[]>;
  /** By currency, in alphabetical order. */
  revenueByCurrency(interval: Interval): Promise<Revenue[]>;
  errorRate(interval: Interval): Promise<ErrorRate>;
}

/** Reads the counters that the function keeps; whoever does so may `BatchGetItem` and `Query` that table. */
export const analyticsOf = (aggregates: Aggregates): Analytics => {
  const all = async (interval: Interval): Promise<Sums> =>
    together((await sumsOf(aggregates, cover(interval))).values());
  return {
    latestWindows: async (granularity, most, nowMs) => {
      if (!Number.isInteger(most) || most < 1 || most > 1_440) throw new RangeError('most must be from 1 to 1440');
      const windows = windowsIn(granularity, { fromMs: nowMs - most * windowMs[granularity] + 1, toMs: nowMs + 1 });
      const sums = await sumsOf(
        aggregates,
        windows.map(({ window }) => window),
      );
      return windows.map(({ window, startMs }) => windowOf(startMs, sums.get(window) ?? new Map())).reverse();
    },
    topPages: async (interval, most) => {
      const pages = [...(await pageSums(aggregates, cover(interval)))].map(([page, sums]) => pageFigures(page, sums));
      return pages.sort((one, other) => other.views - one.views || (one.page < other.page ? -1 : 1)).slice(0, most);
    },
    revenueByCurrency: async (interval) => {
      const sums = await all(interval);
      return [...named(sums, counterOf.purchases(''))]
        .map(([currency, purchases]): Revenue => {
          const minorUnits = sums.get(counterOf.revenue(currency)) ?? 0n;
          const digits = currency === noCurrency ? 0 : (minorDigits(currency) ?? 0);
          return { currency, purchases: Number(purchases), minorUnits, amount: asDecimal(minorUnits, digits) };
        })
        .sort((one, other) => (one.currency < other.currency ? -1 : 1));
    },
    errorRate: async (interval) => {
      const sums = await all(interval);
      const events = numberOf(sums, counterOf.events);
      const errors = numberOf(sums, counterOf.type('error'));
      return { events, errors, rate: events === 0 ? 0 : errors / events };
    },
  };
};

const windowOf = (startMs: number, sums: Sums): Window => ({
  startMs,
  events: numberOf(sums, counterOf.events),
  byType: numbers(named(sums, counterOf.type(''))),
  byDevice: numbers(named(sums, counterOf.device(''))),
  meanLoadTimeMs: meanLoadTime(sums),
});

const pageFigures = (page: string, sums: Sums): Page => ({
  page,
  views: numberOf(sums, counterOf.type('page_view')),
  clicks: numberOf(sums, counterOf.type('click')),
  errors: numberOf(sums, counterOf.type('error')),
  meanLoadTimeMs: meanLoadTime(sums),
});

const numberOf = (sums: Sums, name: string): number => Number(sums.get(name) ?? 0n);

const meanLoadTime = (sums: Sums): number | undefined => {
  const loads = numberOf(sums, counterOf.loads);
  return loads === 0 ? undefined : numberOf(sums, counterOf.loadTimeMs) / loads;
};

/** The counters of a kind, by what comes after its prefix. */
const named = (sums: Sums, prefix: string): Map<string, bigint> =>
  new Map([...sums].filter(([name]) => name.startsWith(prefix)).map(([name, sum]) => [name.slice(prefix.length), sum]));

const numbers = (sums: ReadonlyMap<string, bigint>): Record<string, number> =>
  Object.fromEntries([...sums].map(([name, sum]) => [name, Number(sum)]));
