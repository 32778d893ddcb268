// npm test: lint, format, types, every suite that needs only Node, and the templates with the AWS Solutions rules.
// Ends with "N passed, N failed" (", N skipped"), the sum of all suites. Options go to Nx: npm test -- --skip-nx-cache
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.ts';
import { root } from './root.ts';
import { type Counts, sum, totalLine } from './counts.ts';

const results = join(root, 'dist/tests');
rmSync(results, { recursive: true, force: true });

const format = await run('prettier', ['--check', '--log-level', 'warn', '.']);
const checks = await run('nx', [
  'run-many',
  '-t',
  'lint',
  'typecheck',
  'test',
  'synth',
  '--parallel=2',
  '--output-style=stream',
  ...process.argv.slice(2),
]);

const suites = readdirSync(results).map((file) => {
  const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(join(results, file), 'utf8'),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + numRuntimeErrorTestSuites,
    skipped: numPendingTests,
  } satisfies Counts;
});
const counts = sum(suites);
const broken = format !== 0 || (checks !== 0 && counts.failed === 0) ? 1 : 0; // a check that is no test counts as one
console.log(totalLine({ ...counts, failed: counts.failed + broken }));
process.exit(format || checks);
