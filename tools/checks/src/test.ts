// npm test: lint, format, types, every suite that needs only Node, and the templates with the AWS Solutions rules.
// Ends with the tests that failed and "N passed, N failed" (", N skipped"), the sum of all suites.
// Options go to Nx: npm test -- --skip-nx-cache
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.ts';
import { root } from './root.ts';
import { sum, totalLine } from './counts.ts';
import { countsOf, failuresOf, readResults } from './results.ts';

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

const suites = readdirSync(results).map((file) => readResults(join(results, file)));
const counts = sum(suites.map(countsOf));
if (format !== 0) console.log('FAILED the formatting: npx prettier --write .');
if (checks !== 0 && counts.failed === 0)
  console.log('FAILED a check that is no test (lint, types, templates): see above');
const broken = format !== 0 || (checks !== 0 && counts.failed === 0) ? 1 : 0; // a check that is no test counts as one
for (const failure of suites.flatMap(failuresOf)) console.log(failure);
console.log(totalLine({ ...counts, failed: counts.failed + broken }));
process.exit(format || checks);
