import { readFileSync } from 'node:fs';

/** Resident memory of a process in MiB; 0 where the system does not tell. */
export const residentMiB = (pid: number): number => {
  try {
    const [, kib] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kib === undefined ? 0 : Math.round(Number(kib) / 1024);
  } catch {
    return 0; // it has ended, or this is no Linux
  }
};

/** Memory over the events made so far. */
export interface MemorySample {
  /** The process: a platform that was killed starts anew. */
  readonly pid: number;
  readonly events: number;
  readonly mib: number;
}

/**
 * How much memory grows per million events in the process that ran longest: the slope of the straight line nearest to
 * its samples, in MiB. Its first million is left out, while heaps and caches fill.
 *
 * @returns undefined when it made less than three million: the slope says nothing then
 */
export const growthPerMillion = (samples: readonly MemorySample[]): number | undefined => {
  const lives = [...Map.groupBy(samples, ({ pid }) => pid).values()];
  const longest = lives.sort((one, other) => other.length - one.length)[0] ?? [];
  const first = longest[0]?.events ?? 0;
  if ((longest.at(-1)?.events ?? 0) - first < 3_000_000) return undefined;
  const settled = longest.filter(({ events }) => events - first >= 1_000_000);
  const mean = (pick: (sample: MemorySample) => number): number =>
    settled.reduce((sum, one) => sum + pick(one), 0) / settled.length;
  const events = mean((sample) => sample.events);
  const mib = mean((sample) => sample.mib);
  const over = settled.reduce((sum, sample) => sum + (sample.events - events) * (sample.mib - mib), 0);
  const under = settled.reduce((sum, sample) => sum + (sample.events - events) ** 2, 0);
  return under === 0 ? 0 : (over / under) * 1_000_000;
};
