/** Counts of one second. */
export interface Second {
  readonly at: number;
  readonly total: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly byDevice: Readonly<Record<string, number>>;
}

/** The last minute, oldest first; seconds without events have no entry. */
export type RateWindow = readonly Second[];

export const windowSeconds = 60;

type Counts = Omit<Second, 'at'>;
const secondOf = (ms: number): number => Math.floor(ms / 1000);

/** The window with counts added to the present second, and without what is older than a minute. */
export const counted = (window: RateWindow, { total, byType, byDevice }: Counts, nowMs: number): RateWindow => {
  const at = secondOf(nowMs);
  const kept = window.filter((second) => second.at >= at - windowSeconds);
  const last = kept.at(-1);
  const before = last?.at === at ? last : { total: 0, byType: {}, byDevice: {} };
  const now = {
    at,
    total: before.total + total,
    byType: sum(before.byType, byType),
    byDevice: sum(before.byDevice, byDevice),
  };
  return [...(last?.at === at ? kept.slice(0, -1) : kept), now];
};

/** Events of each of the last 60 whole seconds, oldest first; undefined for those that `sinceMs` cut. */
export const series = (window: RateWindow, sinceMs: number, nowMs: number): (number | undefined)[] => {
  const totals = new Map(window.map(({ at, total }) => [at, total]));
  const first = secondOf(nowMs) - windowSeconds;
  return Array.from({ length: windowSeconds }, (_, index) =>
    first + index <= secondOf(sinceMs) ? undefined : (totals.get(first + index) ?? 0),
  );
};

const rateSeconds = 3;

/** Events per second over the last whole seconds. */
export const rate = (window: RateWindow, nowMs: number): number => {
  const end = secondOf(nowMs);
  const latest = window.filter(({ at }) => at >= end - rateSeconds && at < end);
  return latest.reduce((all, { total }) => all + total, 0) / rateSeconds;
};

/** What the last minute held, by a dimension. */
export const lastMinute = (window: RateWindow, by: 'byType' | 'byDevice', nowMs: number): Record<string, number> => {
  const first = secondOf(nowMs) - windowSeconds;
  return window.filter(({ at }) => at >= first).reduce((all, second) => sum(all, second[by]), {});
};

const sum = (a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> => {
  const both: Record<string, number> = { ...a };
  for (const [key, count] of Object.entries(b)) both[key] = (both[key] ?? 0) + count;
  return both;
};
