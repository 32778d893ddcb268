import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a process may take to end by itself before it is killed. */
const patienceMs = 2000;

/**
 * Ends the process that a pid file of an earlier start names, if it still runs and is the one meant.
 *
 * @param mark a text that its command line holds; another process that got the same number is left alone
 */
export const endStale = async (pidFile: string, mark: string): Promise<void> => {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  const runs = (): boolean => Number.isInteger(pid) && pid > 0 && commandLine(pid).includes(mark);
  if (!runs()) return;
  process.kill(pid, 'SIGTERM');
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(20)) if (!runs()) return;
  process.kill(pid, 'SIGKILL');
  while (runs()) await sleep(20);
};

/** The command line of a process, or nothing when it has ended (even if nobody has taken note of that). */
export const commandLine = (pid: number): string => {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return ''; // it has ended
  }
};
