import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { endsWithUs } from '@acme/laptop-aws/machine';
import { type Row, readRow } from './row.ts';
import type { Bench } from './benches.ts';

/**
 * Runs a bench in a process of its own, so that no bench warms up, or fills the memory of, another.
 *
 * @param args what every bench is told; each takes what it knows
 * @param onRow called with each row as it is measured
 * @param interrupted ends the bench, which tidies up behind itself
 * @throws BenchFailedError when it ends with an error; RowError when it prints something else than rows
 */
export const runBench = async (
  { name, file }: Bench,
  args: readonly string[],
  onRow: (row: Row) => void,
  interrupted?: AbortSignal,
): Promise<void> => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  endsWithUs(child);
  interrupted?.addEventListener('abort', () => child.kill(), { once: true });
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  try {
    for await (const line of createInterface({ input: child.stdout })) if (line !== '') onRow(readRow(line));
    const [code, signal] = await ended;
    if (code !== 0) throw new BenchFailedError(`${name} ended with ${signal ?? `exit code ${code}`}, see above`);
  } finally {
    child.kill();
  }
};

/** A bench that could not measure; what it said is on the terminal. */
export class BenchFailedError extends Error {
  override readonly name = 'BenchFailedError';
}
