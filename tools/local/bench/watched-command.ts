import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

/** What a command and all processes below it took. */
export interface Took {
  readonly ms: number;
  /** Of all of them together, in seconds, as the system counts it for `ps`. */
  readonly cpuSeconds: number;
  /** Of the largest of them, resident. */
  readonly peakMiB: number;
}

/**
 * Runs a program of Node's to its end, looking at its processes ten times a second.
 *
 * @throws Error when it ends with another code than 0; what it said is on standard error
 */
export const watchedCommand = async (program: string, args: readonly string[]): Promise<Took> => {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const cpuSeconds = new Map<number, number>();
  let peakMiB = 0;
  const look = async (): Promise<void> => {
    for (const { pid, seconds, mebibytes } of await below(child.pid as number)) {
      cpuSeconds.set(pid, seconds);
      peakMiB = Math.max(peakMiB, mebibytes);
    }
  };
  const looking = setInterval(() => void look(), 100);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(looking);
  if (code !== 0) throw new Error(`${program} ended with ${code}, see above`);
  return {
    ms: performance.now() - startedMs,
    cpuSeconds: [...cpuSeconds.values()].reduce((sum, seconds) => sum + seconds, 0),
    peakMiB,
  };
};

/** A process and those it has started. */
const below = async (pid: number) => {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,rss=,time=']);
  const processes = stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [id = '', parent, rss, time = ''] = line.trim().split(/\s+/);
      const seconds = time.split(/[-:]/).reduce((sum, part) => sum * 60 + Number(part), 0);
      return { pid: Number(id), parent: Number(parent), mebibytes: Number(rss) / 1024, seconds };
    });
  return processes.filter((one) => one.pid === pid || one.parent === pid);
};
