import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stored } from './part-object.ts';
import type { Part } from './parts.ts';
import type { Answer, Assignment } from './worker-protocol.ts';

/** A process that ends in the midst of a statement waits for DuckDB's threads; now and then they do not come to an end. */
const patienceMs = 5_000;

/**
 * Has processes bring parts into the lake, each taking the next when it is done with one.
 *
 * @param count at most so many processes
 * @param onStored of each part, in the order in which they end
 * @throws WorkerError as soon as a part fails or a process dies and all have ended; what was stored before stays
 */
export const runWorkers = async (
  assignment: Assignment,
  parts: readonly Part[],
  count: number,
  onStored: (part: Part, stored: Stored) => void,
): Promise<void> => {
  const left = parts.values();
  const children: { readonly child: ChildProcess; readonly ended: Promise<unknown> }[] = [];
  const workThrough = async (): Promise<void> => {
    const child = fork(join(import.meta.dirname, 'worker.ts'), [JSON.stringify(assignment)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // Compiled once, not by every worker of every run: a third of the time that one takes to start.
      env: { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'), ...process.env },
    });
    const ended = once(child, 'exit');
    children.push({ child, ended });
    const died = ended.then(([code, signal]) => {
      throw new WorkerError('WorkerDied', `a worker ended early, with ${signal ?? `exit code ${code}`}`);
    });
    died.catch(() => undefined); // it ends when there is no more to do, too
    for (const part of left) {
      child.send(part);
      const [answer] = (await Promise.race([once(child, 'message'), died])) as [Answer];
      if ('failed' in answer) throw new WorkerError(answer.failed.name, answer.failed.message);
      onStored(part, answer.stored);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(count, parts.length) }, workThrough));
  } finally {
    for (const { child } of children) if (child.connected) child.disconnect();
    const killing = setTimeout(() => children.forEach(({ child }) => child.kill('SIGKILL')), patienceMs);
    await Promise.all(children.map(({ ended }) => ended));
    clearTimeout(killing);
  }
};

/** A part failed; the name is that of the failure. */
export class WorkerError extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
