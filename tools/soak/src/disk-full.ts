import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { endsWithUs, platformPorts } from '@acme/laptop-aws/machine';
import type { Progress } from '@acme/local/terminal/progress';
import type { SoakOptions } from './options.ts';

/** What came of a disk that was full for a while. */
export interface DiskFull {
  readonly generated: number;
  /** Whether the platform was still there when there was room again; otherwise it was started anew. */
  readonly livedThrough: boolean;
  /** Whether more was made once there was room, and all of it arrived once. */
  readonly isRight: boolean;
  /** By the sums and the audit, when it is not right. */
  readonly said: string;
}

/** Of the file system that fills up: room for a platform and a minute of its load. */
const sizeMiB = 512;
const fullMs = 10_000;

/**
 * Lets a platform of its own run out of disk under load: its state folder is a small file system in memory, which only
 * its own mount namespace sees (Linux, `unshare`), so that no disk of the machine fills up.
 *
 * @returns undefined where such a namespace is not to be had
 * @throws Error when the trial itself broke off
 */
export const diskFull = async ({ dir, seed, dial, transport }: SoakOptions): Promise<DiskFull | undefined> => {
  const folder = join(dir, 'disk-full');
  mkdirSync(folder, { recursive: true });
  const { port, awsPort } = await platformPorts();
  const places = ['--dir', folder, '--port', port, '--aws-port', awsPort];
  const common = [...places, '--seed', seed, '--dial', dial, '--transport', transport].map(String);
  const trial = join(import.meta.dirname, 'disk-full-trial.ts');
  const told = JSON.stringify({ dir: folder, seed, dial, fullMs, common });
  const mounted = `mount -t tmpfs -o size=${sizeMiB}m soak "$1" || exit 77; echo mounted; shift; exec "$@"`;
  const command = ['--user', '--map-root-user', '--mount', 'sh', '-c', mounted, 'sh', folder];
  const child = spawn('unshare', [...command, process.execPath, trial, told], { stdio: ['ignore', 'pipe', 'inherit'] });
  endsWithUs(child);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = await once(child, 'close').then(
    ([code]) => code as number | null,
    () => 77, // no such command
  );
  if (!said.startsWith('mounted')) return undefined;
  if (ended !== 0) throw new Error('the trial of a full disk ended before it was over, see above');
  return JSON.parse(said.trim().split('\n').at(-1) as string) as DiskFull;
};

/** The trial as a step of the soak; what it found wrong goes to standard error. */
export const tryDiskFull = async (options: SoakOptions, progress: Progress): Promise<DiskFull | undefined> => {
  let full: DiskFull | undefined;
  await progress.step('disk', async () => {
    full = await diskFull(options);
    return full === undefined ? 'not filled up: that takes Linux and unshare' : 'filled up under load, and emptied';
  });
  if (full && !full.isRight) progress.line(full.said);
  return full;
};
