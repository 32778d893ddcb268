import { execFile } from 'node:child_process';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { promisify } from 'node:util';

/** Where and of what the measurements were taken. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly platform: string;
  readonly node: string;
  /** Of the repository; `-dirty` when files differ from it. */
  readonly commit: string;
  /** Processes that wanted a core over the last minute, before the first bench. */
  readonly load: number;
}

export const machine = async (root: string): Promise<Machine> => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
  commit: await commitOf(root),
  load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
});

/** A source archive has no commit. */
const commitOf = async (root: string): Promise<string> => {
  const said = await promisify(execFile)('git', ['describe', '--always', '--dirty', '--exclude', '*'], {
    cwd: root,
  }).catch(() => undefined);
  return said?.stdout.trim() ?? 'unknown';
};
