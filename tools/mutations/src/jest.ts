import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JestResults } from '@acme/checks/results';

/** Tests in a copy of the repository. */
export interface Tests {
  readonly tests: readonly string[];
  readonly titled?: string;
}

/** A run of tests that takes longer shows nothing. */
const longestMs = 180_000;
/** A single test that a mutation keeps from ending is not waited for as long as on a busy machine of `npm test`. */
const longestTestMs = 60_000;

/** The project of a file: `apps/producer`. */
const projectOf = (file: string): string => file.split('/').slice(0, 2).join('/');

/**
 * Runs tests in a folder that holds the repository.
 *
 * @returns undefined when they did not end in three minutes, or were interrupted
 */
export const runTests = async (
  folder: string,
  { tests, titled }: Tests,
  stop: AbortSignal,
): Promise<JestResults | undefined> => {
  const results = join(folder, 'dist', 'mutation.json');
  await mkdir(join(folder, 'dist'), { recursive: true });
  await rm(results, { force: true });
  const child = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(folder, 'node_modules/jest/bin/jest.js'),
      ...['--config', join(folder, 'tools/checks/jest.config.mjs')],
      ...['--rootDir', folder, '--roots', ...new Set(tests.map((test) => join(folder, projectOf(test))))],
      ...['--cacheDirectory', join(folder, 'dist/jest-cache')],
      ...['--testPathIgnorePatterns', '/node_modules/'], // slow ones are named, too
      ...['--testTimeout', String(longestTestMs)],
      ...['--runInBand', '--silent', '--json', '--outputFile', results],
      ...(titled === undefined ? [] : ['--testNamePattern', titled]),
      '--runTestsByPath',
      ...tests.map((test) => join(folder, test)),
    ],
    {
      cwd: folder,
      stdio: 'ignore',
      env: { ...process.env, FORCE_COLOR: '0', TERM: 'xterm' },
      // A group of its own, so that what its tests have started ends with it.
      detached: process.platform !== 'win32',
    },
  );
  const end = (): void => {
    try {
      process.kill(process.platform === 'win32' ? (child.pid as number) : -(child.pid as number), 'SIGKILL');
    } catch {
      // it has ended
    }
  };
  const timer = setTimeout(end, longestMs);
  stop.addEventListener('abort', end);
  await new Promise<void>((resolve, reject) => child.on('error', reject).on('close', () => resolve()));
  clearTimeout(timer);
  stop.removeEventListener('abort', end);
  end();
  return readFile(results, 'utf8').then(
    (text) => JSON.parse(text) as JestResults,
    () => undefined,
  );
};
