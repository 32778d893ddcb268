import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Outcome, timed } from './outcome.ts';
import { countsOf, failuresOf, readResults } from './results.ts';
import { root } from './root.ts';
import { run } from './run.ts';

export interface Suites {
  /** As people type it: `npm run test:slow`. */
  readonly name: string;
  /** Those whose files are named `x.<kind>.test.ts`. */
  readonly kind: 'slow' | 'engines';
  /** How many run side by side. */
  readonly workers: number;
  /** What the suites find in their environment, once it is there. */
  readonly environment?: () => Promise<NodeJS.ProcessEnv>;
  /** Of the paths of the suites. @default all */
  readonly pattern?: string;
}

/** Runs the suites of one kind in the whole repository, on bundles of the sources as they are. */
export const jestSuites = ({ name, kind, workers, environment, pattern }: Suites): Promise<Outcome> =>
  timed(name, async () => {
    const failed = (problem: string): Omit<Outcome, 'name' | 'minutes'> => ({
      code: 1,
      counts: { passed: 0, failed: 1, skipped: 0 },
      failures: [`FAILED ${problem}`],
    });
    const results = join(root, 'dist', `tests-${kind}`);
    rmSync(results, { recursive: true, force: true });
    mkdirSync(results, { recursive: true });
    if ((await run('nx', ['run-many', '-t', 'bundle', '--output-style=stream'])) !== 0)
      return failed('the bundles: see above');
    const env = await environment?.().catch((error: Error) => error);
    if (env instanceof Error) return failed(env.message.replaceAll('\n', '\nFAILED   '));

    const file = join(results, `${kind}.json`);
    const code = await run(
      'jest',
      [
        ...(pattern === undefined ? [] : [pattern]),
        ...['--config', join(root, `tools/checks/jest.${kind}.config.mjs`), '--rootDir', root],
        ...['--roots', ...['apps', 'libs', 'tools'].map((folder) => join(root, folder))],
        ...[`--maxWorkers=${workers}`, '--json', '--outputFile', file],
      ],
      { NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning', ...env },
    );
    const suites = readResults(file);
    return { code, counts: countsOf(suites), failures: failuresOf(suites) };
  });
