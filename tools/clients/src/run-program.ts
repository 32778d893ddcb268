import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endsWithUs } from '@acme/laptop-aws/machine';

export interface Ended {
  /** -1 when a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningProgram {
  readonly ended: Promise<Ended>;
  kill(): Promise<Ended>;
}

/** A client's program in a process of its own, which ends with this one. */
export const startProgram = (
  command: readonly [string, ...string[]],
  { env, input = '', cwd }: { readonly env: NodeJS.ProcessEnv; readonly input?: string; readonly cwd?: string },
): RunningProgram => {
  const [program, ...args] = command;
  const child = spawn(program, args, { env, cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  endsWithUs(child);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => (said[name] += text));
  child.stdin.on('error', () => undefined).end(input); // a program need not read what it is given
  const ended = once(child, 'close').then(([code]) => ({ code: (code as number | null) ?? -1, ...said }));
  return {
    ended,
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
};

/** Runs a program to its end. */
export const runProgram = (...args: Parameters<typeof startProgram>): Promise<Ended> => startProgram(...args).ended;
