// Runs the tests of one project and leaves the counts in dist/tests/<project>.json.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root } from '../node/root.mjs';

const [dir, name, ...rest] = process.argv.slice(2);
mkdirSync(join(root, 'dist', 'tests'), { recursive: true });
const { status, error } = spawnSync(
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
    // Jest leaves a core to others, which on two cores is half; what the longest suites do most is wait.
    `--maxWorkers=${Math.max(2, availableParallelism() - 1)}`,
    '--json',
    '--outputFile',
    join(root, 'dist', 'tests', `${name}.json`),
    ...rest,
  ],
  {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: root,
    // Nx asks for colours on behalf of its terminal; what the tests read of programs has none. A build server's terminal
    // may be a dumb one, on which readline edits no lines; here it is the same everywhere.
    env: { ...process.env, FORCE_COLOR: '0', TERM: 'xterm' },
    timeout: 20 * 60_000, // a suite that does not end is an error, not a wait
    killSignal: 'SIGKILL',
  },
);
if (error) console.error(`the tests of ${name} did not end: ${error.message}`);
process.exit(status ?? 1);
