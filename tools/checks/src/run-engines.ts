import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { totalLine } from './counts.ts';
import { countsOf, failuresOf, readResults } from './results.ts';
import { root } from './root.ts';
import { run } from './run.ts';

/**
 * Runs suites that need more than Node, with what these find in their environment; prints the tests that failed and then
 * "N passed, N failed".
 *
 * @param name of the folder of results
 * @param pattern of the paths of the suites. @default all
 * @returns the exit code
 */
export const runEngines = async (
  name: string,
  environment: Promise<NodeJS.ProcessEnv>,
  pattern: readonly string[] = [],
): Promise<number> => {
  const results = join(root, 'dist', name);
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const env = await environment.catch((error: Error) => {
    console.error(error.message);
    return undefined;
  });
  if (env === undefined) {
    console.log(totalLine({ passed: 0, failed: 1, skipped: 0 }));
    return 1;
  }
  const file = join(results, 'engines.json');
  const config = ['--config', join(root, 'tools/checks/jest.engines.config.mjs'), '--rootDir', root];
  const roots = ['--roots', ...['apps', 'libs', 'tools'].map((folder) => join(root, folder))];
  const output = ['--runInBand', '--json', '--outputFile', file];
  const code = await run('jest', [...pattern, ...config, ...roots, ...output], {
    NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
    ...env,
  });
  const suites = readResults(file);
  for (const failure of failuresOf(suites)) console.log(failure);
  console.log(totalLine(countsOf(suites)));
  return code;
};
