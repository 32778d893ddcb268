export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const sum = (suites: readonly Counts[]): Counts =>
  suites.reduce(
    (all, { passed, failed, skipped }) => ({
      passed: all.passed + passed,
      failed: all.failed + failed,
      skipped: all.skipped + skipped,
    }),
    {
      passed: 0,
      failed: 0,
      skipped: 0,
    },
  );

/** The line that closes a run, and that CI reads. */
export const totalLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
