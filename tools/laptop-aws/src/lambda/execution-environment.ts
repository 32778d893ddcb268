import { Worker } from 'node:worker_threads';
import type { EnvironmentLog } from './environment-log.ts';
import type { Payload } from './stream-payload.ts';
import { workerCode } from './worker-code.ts';
import type { Boot, FromThread, LambdaError, Run } from './worker/protocol.ts';

/** How an invocation, or the start of the environment, came out. All but the first three end the environment. */
export type Outcome =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'answered'; readonly payload: string; readonly error?: LambdaError; readonly usedBytes: number }
  | { readonly kind: 'timedOut'; readonly what: 'Task' | 'Init'; readonly afterSeconds: number }
  /** The platform ended it. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'ended'; readonly error: LambdaError };

/** One worker thread with a function's code in it: one invocation at a time, ended by a time-out, a crash or `stop`. */
export interface ExecutionEnvironment {
  /** Comes true once; an environment whose start failed is never used. */
  readonly started: Promise<Outcome>;
  readonly initMs: () => number;
  readonly alive: () => boolean;
  /** @param limitMs when the invocation, and the environment with it, is ended */
  invoke(invocation: { readonly requestId: string; readonly payload: Payload }, limitMs: number): Promise<Outcome>;
  stop(): Promise<void>;
}

/** @param variables the whole environment of the thread */
export type StartEnvironment = (
  boot: Boot,
  variables: Readonly<Record<string, string>>,
  log: EnvironmentLog,
) => ExecutionEnvironment;

/** How long the import of a function's code may take (Developer Guide, "Lambda execution environment lifecycle"). */
const initLimitMs = 10_000;

/**
 * Starts an environment. Its memory bounds the JavaScript heap; Buffers are outside of what a thread can be held to.
 */
export const startEnvironment: StartEnvironment = (boot, variables, log) => {
  let worker: Worker | undefined;
  let pending: ((outcome: Outcome) => void) | undefined;
  let alive = true;
  let stopped = false;
  let dying: LambdaError | undefined;
  let initMs = 0;

  const settle = (outcome: Outcome): void => {
    const waiting = pending;
    pending = undefined;
    waiting?.(outcome);
  };

  const hear = (message: FromThread): void => {
    if (message.kind === 'line') log.line(message.text);
    else if (message.kind === 'output') log.output(message.text);
    else if (message.kind === 'dying') dying = message.error;
    else if (message.kind === 'returned') settle({ ...message, kind: 'answered' });
    else if (message.kind === 'threw') settle({ ...message, kind: 'answered', payload: JSON.stringify(message.error) });
    else settle(message);
  };

  const launch = async (): Promise<void> => {
    try {
      const code = await workerCode();
      if (!alive) return settle({ kind: 'stopped' });
      worker = new Worker(code, {
        eval: true,
        workerData: boot,
        env: { ...variables },
        execArgv: [],
        name: boot.functionName,
        resourceLimits: { maxOldGenerationSizeMb: boot.memoryMb },
      });
    } catch (error) {
      alive = false;
      return settle({ kind: 'ended', error: exitError(`cannot start: ${(error as Error).message}`) });
    }
    worker.on('message', hear);
    worker.on('error', (error: NodeJS.ErrnoException) => {
      dying ??= error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? outOfMemory : exitError(error.message);
    });
    worker.on('exit', (code) => {
      alive = false;
      const status =
        code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
      settle(stopped ? { kind: 'stopped' } : { kind: 'ended', error: dying ?? exitError(status) });
    });
  };

  const within = (what: 'Task' | 'Init', limitMs: number, step: () => void): Promise<Outcome> =>
    new Promise((resolve) => {
      const timer = setTimeout(async () => {
        if (pending !== finish) return;
        pending = undefined;
        alive = false;
        await worker?.terminate();
        resolve({ kind: 'timedOut', what, afterSeconds: limitMs / 1000 });
      }, limitMs);
      const finish = (outcome: Outcome): void => {
        clearTimeout(timer);
        if (outcome.kind === 'ended') alive = false;
        resolve(outcome);
      };
      pending = finish;
      step();
    });

  const start = async (): Promise<Outcome> => {
    const begun = performance.now();
    const outcome = await within('Init', initLimitMs, () => void launch());
    initMs = performance.now() - begun;
    return outcome;
  };

  return {
    started: start(),
    initMs: () => initMs,
    alive: () => alive,
    invoke: ({ requestId, payload }, limitMs) =>
      alive
        ? within('Task', limitMs, () => {
            const deadlineMs = Date.now() + limitMs;
            if (typeof payload === 'string')
              return worker?.postMessage({ requestId, payload, deadlineMs } satisfies Run);
            const data = payload.data();
            const run: Run = { requestId, payload: payload.text, data, deadlineMs };
            worker?.postMessage(run, [data.bytes.buffer, data.ends.buffer]);
          })
        : Promise.resolve(
            stopped ? { kind: 'stopped' } : { kind: 'ended', error: dying ?? exitError('Runtime exited') },
          ),
    async stop() {
      alive = false;
      stopped = true;
      await worker?.terminate();
      settle({ kind: 'stopped' });
    },
  };
};

const exitError = (reason: string): LambdaError => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `Error: ${reason}`,
});
const outOfMemory: LambdaError = {
  errorType: 'Runtime.OutOfMemory',
  errorMessage: 'Error: Runtime exited with error: signal: killed',
};
