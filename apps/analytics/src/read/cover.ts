import { type Interval, windowMs, windowsIn } from '../aggregates/windows.ts';

/**
 * The fewest windows that make up an interval: hours where whole hours fit, minutes around them. What is not whole
 * minutes is rounded down at both ends.
 */
export const cover = ({ fromMs, toMs }: Interval): readonly string[] => {
  const { minute, hour } = windowMs;
  const from = Math.floor(fromMs / minute) * minute;
  const to = Math.floor(toMs / minute) * minute;
  const firstHour = Math.ceil(from / hour) * hour;
  const lastHour = Math.floor(to / hour) * hour;
  const named = (granularity: 'minute' | 'hour', interval: Interval): string[] =>
    windowsIn(granularity, interval).map(({ window }) => window);
  if (firstHour >= lastHour) return named('minute', { fromMs: from, toMs: to });
  return [
    ...named('minute', { fromMs: from, toMs: firstHour }),
    ...named('hour', { fromMs: firstHour, toMs: lastHour }),
    ...named('minute', { fromMs: lastHour, toMs: to }),
  ];
};
