// Runs the tests of one project and leaves the counts in dist/tests/<project>.json.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../node/root.mjs';

const [dir, name, ...rest] = process.argv.slice(2);
mkdirSync(join(root, 'dist', 'tests'), { recursive: true });
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
    '--config',
    join(root, 'tools', 'checks', 'jest.config.mjs'),
    '--rootDir',
    join(root, dir),
    '--passWithNoTests',
    '--json',
    '--outputFile',
    join(root, 'dist', 'tests', `${name}.json`),
    ...rest,
  ],
  { stdio: ['ignore', 'ignore', 'inherit'], cwd: root },
);
process.exit(status ?? 1);
