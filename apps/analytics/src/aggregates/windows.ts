/** What is summed up together: a minute or an hour of event time, UTC. */
export const granularities = ['minute', 'hour'] as const;
export type Granularity = (typeof granularities)[number];

export const windowMs: Readonly<Record<Granularity, number>> = { minute: 60_000, hour: 3_600_000 };

/** How many letters of an ISO time name the window. */
const letters: Readonly<Record<Granularity, number>> = { minute: 16, hour: 13 };

/** The window that holds an instant: `minute#2026-11-21T09:30`, `hour#2026-11-21T09`. */
export const windowAt = (granularity: Granularity, instant: string): string =>
  `${granularity}#${instant.slice(0, letters[granularity])}`;

/** A stretch of event time, in ms UTC: from the first, up to and without the last. */
export interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The windows that begin in an interval, oldest first, each with its beginning in ms UTC. */
export const windowsIn = (
  granularity: Granularity,
  { fromMs, toMs }: Interval,
): readonly { readonly window: string; readonly startMs: number }[] => {
  const step = windowMs[granularity];
  const windows = [];
  for (let startMs = Math.ceil(fromMs / step) * step; startMs < toMs; startMs += step)
    windows.push({ window: windowAt(granularity, new Date(startMs).toISOString()), startMs });
  return windows;
};
