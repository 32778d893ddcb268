import { type Hour, hourIn, hourMs, startOf } from '@acme/lake-layout';

/** Which arrivals on the stream are audited: from, to (ms UTC); the end is not part of it. */
export interface Window {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

const agoMs = { s: 1_000, m: 60_000, h: hourMs, d: 24 * hourMs } as const;

/** A point in time as people give it: `2026-01-31T09:00Z`, or `2h` for two hours ago. Undefined when it is neither. */
export const pointInTime = (text: string, nowMs: number): number | undefined => {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (amount) return nowMs - Number(amount) * agoMs[unit as keyof typeof agoMs];
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z)?$/.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
};

/**
 * Whether entries of an hour's folder may tell of arrivals in the window. A batch is filed under its first record, a
 * receipt under the start of its call; both reach less than an hour on.
 */
export const mayTellOf = (window: Window, hour: Hour): boolean => {
  const startMs = startOf(hour);
  return startMs + 2 * hourMs > (window.fromMs ?? -Infinity) && startMs - hourMs < (window.toMs ?? Infinity);
};

/** Whether a `year=/month=/day=/hour=` folder may hold rows of the window: they land after they arrived, never before. */
export const mayHoldRowsOf = ({ fromMs = -Infinity }: Window, path: string): boolean => {
  const hour = hourIn(path);
  return hour === undefined || startOf(hour) + 2 * hourMs > fromMs;
};

/** The condition that an arrival lies in the window, for SQL. */
export const inWindow = ({ fromMs, toMs }: Window, column: string): string =>
  [
    ...(fromMs === undefined ? [] : [`${column} >= ${fromMs}`]),
    ...(toMs === undefined ? [] : [`${column} < ${toMs}`]),
  ].join(' AND ') || 'true';
