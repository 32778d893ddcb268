import { type Counts, sum, totalLine } from './counts.ts';

/** What came of a run of suites. */
export interface Outcome {
  /** As people type it: `npm test`. */
  readonly name: string;
  readonly counts: Counts;
  /** Each that failed with the beginning of its message, every line behind `FAILED`. */
  readonly failures: readonly string[];
  /** 0 when everything passed. */
  readonly code: number;
  readonly minutes: number;
}

/** Does the work of a run and says how long that took. */
export const timed = async (name: string, work: () => Promise<Omit<Outcome, 'name' | 'minutes'>>): Promise<Outcome> => {
  const startedMs = performance.now();
  const outcome = await work();
  return { name, ...outcome, minutes: (performance.now() - startedMs) / 60_000 };
};

/**
 * The lines that close one run or several: what failed, how long each took, and last "N passed, N failed", the sum of
 * all. The end of a log may be all that a build server keeps.
 */
export const closingLines = (outcomes: readonly Outcome[]): string[] => [
  ...outcomes.flatMap(({ failures }) => failures),
  ...outcomes.map(
    ({ name, minutes, counts }) => `${name}: ${minutes.toFixed(1)} min, ${counts.passed + counts.failed} tests`,
  ),
  totalLine(sum(outcomes.map(({ counts }) => counts))),
];

/** Prints that and ends the process: with 1 when something failed. */
export const close = (outcomes: readonly Outcome[]): never => {
  for (const line of closingLines(outcomes)) console.log(line);
  process.exit(outcomes.every(({ code, counts }) => code === 0 && counts.failed === 0) ? 0 : 1);
};
