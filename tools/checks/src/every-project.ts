import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sum } from './counts.ts';
import { type Outcome, timed } from './outcome.ts';
import { countsOf, failuresOf, readResults } from './results.ts';
import { root } from './root.ts';
import { run } from './run.ts';

/**
 * What `npm test` does: format, lint, types, every suite that needs only Node, and the templates with the AWS Solutions
 * rules. Checks that are no tests count as one failure at the most.
 *
 * @param options for Nx, such as `--skip-nx-cache`
 */
export const everyProject = (options: readonly string[] = []): Promise<Outcome> =>
  timed('npm test', async () => {
    const results = join(root, 'dist/tests');
    rmSync(results, { recursive: true, force: true });
    const format = await run('prettier', ['--check', '--log-level', 'warn', '.']);
    const targets = ['lint', 'typecheck', 'test', 'synth'];
    const checks = await run('nx', ['run-many', '-t', ...targets, '--parallel=2', '--output-style=stream', ...options]);

    const suites = readdirSync(results).map((file) => readResults(join(results, file)));
    const counts = sum(suites.map(countsOf));
    const isOtherwiseBroken = checks !== 0 && counts.failed === 0;
    return {
      code: format || checks,
      counts: { ...counts, failed: counts.failed + (format !== 0 || isOtherwiseBroken ? 1 : 0) },
      failures: [
        ...(format === 0 ? [] : ['FAILED the formatting: npx prettier --write .']),
        ...(isOtherwiseBroken ? ['FAILED a check that is no test (lint, types, templates): see above'] : []),
        ...suites.flatMap(failuresOf),
      ],
    };
  });
