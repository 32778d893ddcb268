import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sum } from './counts.ts';
import { type Outcome, timed } from './outcome.ts';
import { countsOf, failuresOf, readResults } from './results.ts';
import { root } from './root.ts';
import { run } from './run.ts';

/**
 * What `npm test` does: format, imports without circles, lint, types, the suites that need only Node and do not take
 * minutes, and the templates with the AWS Solutions rules. Each check that is no test counts as one failure.
 *
 * @param options for Nx, such as `--skip-nx-cache`
 */
export const everyProject = (options: readonly string[] = []): Promise<Outcome> =>
  timed('npm test', async () => {
    const results = join(root, 'dist/tests');
    rmSync(results, { recursive: true, force: true });
    const format = await run('prettier', ['--check', '--log-level', 'warn', '.']);
    const circles = await run('depcruise', ['--config', 'tools/checks/imports.config.mjs', 'apps', 'libs', 'tools']);
    const targets = ['lint', 'typecheck', 'test', 'synth'];
    const checks = await run('nx', ['run-many', '-t', ...targets, '--parallel=2', '--output-style=stream', ...options]);

    const suites = readdirSync(results).map((file) => readResults(join(results, file)));
    const counts = sum(suites.map(countsOf));
    const broken = [
      ...(format === 0 ? [] : ['FAILED the formatting: npx prettier --write .']),
      ...(circles === 0 ? [] : ['FAILED imports that go in a circle: see above']),
      ...(checks === 0 || counts.failed > 0 ? [] : ['FAILED lint, types or templates: see above']),
    ];
    // Nx tells that a task failed, not which: beside tests that failed, this may be one more.
    const perhaps =
      checks !== 0 && counts.failed > 0 ? ['lint, types or templates may have failed besides: see above'] : [];
    return {
      code: format || circles || checks,
      counts: { ...counts, failed: counts.failed + broken.length },
      failures: [...broken, ...suites.flatMap(failuresOf), ...perhaps],
    };
  });
