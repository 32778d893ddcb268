// npm run test:engines: the suites that need more than Node. What is missing is said, with how to get it, and fails.
// Ends with the tests that failed and "N passed, N failed", the sum of all suites.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { awsCli } from './aws-cli.ts';
import { cfnLint } from './cfn-lint.ts';
import { totalLine } from './counts.ts';
import { miniStack } from './ministack.ts';
import { pyArrow } from './pyarrow.ts';
import { countsOf, failuresOf, readResults } from './results.ts';
import { root } from './root.ts';
import { run } from './run.ts';
import { shellCheck } from './shell-check.ts';

const results = join(root, 'dist/tests-engines');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const [aws, python, linter, emulator, shellLinter] = await Promise.all([
  awsCli(),
  pyArrow(),
  cfnLint(),
  miniStack(),
  shellCheck(),
]).catch((error: Error) => {
  console.error(error.message);
  console.log(totalLine({ passed: 0, failed: 1, skipped: 0 }));
  process.exit(1);
});

const file = join(results, 'engines.json');
const code = await run(
  'jest',
  [
    '--config',
    join(root, 'tools/checks/jest.engines.config.mjs'),
    '--rootDir',
    root,
    '--roots',
    ...['apps', 'libs', 'tools'].map((folder) => join(root, folder)),
    '--runInBand',
    '--json',
    '--outputFile',
    file,
  ],
  {
    NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
    AWS_CLI: aws,
    PYARROW: python,
    CFN_LINT: linter,
    MINISTACK: emulator,
    SHELLCHECK: shellLinter,
  },
);
const suites = readResults(file);
for (const failure of failuresOf(suites)) console.log(failure);
console.log(totalLine(countsOf(suites)));
process.exit(code);
