import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws/aws-error.ts';
import { arn } from '../aws/identity.ts';
import { environmentLog, type EnvironmentLog } from './environment-log.ts';
import { environmentVariables } from './environment-variables.ts';
import { startEnvironment, type ExecutionEnvironment, type Outcome } from './execution-environment.ts';
import type { FunctionSpec, Invocation } from './functions.ts';
import { platformLines, type WriteLog } from './invocation-log.ts';
import { fitsResponse, responseTooLarge, unreadable } from './payload-limits.ts';
import { slots } from './slots.ts';
import type { Boot, LambdaError } from './worker/protocol.ts';

/** An unused environment goes after this long, all but the last of its function. */
const idleLimitMs = 5 * 60_000;

/** What an account may run at once of all functions without a reserved concurrency (Lambda quotas). */
const accountConcurrency = 1000;

/** The execution environments of one function. */
export interface FunctionPool {
  readonly spec: FunctionSpec;
  /** Its log group. */
  readonly group: string;
  /** How many environments it may have. */
  readonly size: number;
  invoke(payload: string, requestId: string): Promise<Invocation>;
  /** Has an environment ready for the first invocation. A failure to start is logged, and reported by that invocation. */
  prewarm(): Promise<void>;
  /** Ends environments that nobody has used for five minutes. */
  retire(): void;
  stop(): Promise<void>;
}

interface Kept {
  readonly environment: ExecutionEnvironment;
  readonly log: EnvironmentLog;
  fresh: boolean;
  idleSince: number;
}

export const functionPool = (
  spec: FunctionSpec,
  { base, cores, writeLog }: { base: Readonly<Record<string, string>>; cores: number; writeLog: WriteLog },
): FunctionPool => {
  const size = Math.max(1, Math.min(spec.reservedConcurrency ?? cores, cores));
  const group = spec.logging?.group ?? `/aws/lambda/${spec.name}`;
  const lines = platformLines(spec.logging ?? {});
  const slot = slots(size);
  const idle: Kept[] = [];
  const all = new Set<Kept>();
  let inFlight = 0;

  const start = (): Kept => {
    const boot = bootOf(spec, group);
    const log = environmentLog((message) => writeLog(group, boot.logStream, message));
    const environment = startEnvironment(boot, environmentVariables(spec, base, boot), log);
    const kept = { environment, log, fresh: true, idleSince: Date.now() };
    all.add(kept);
    return kept;
  };

  const give = (kept: Kept): void => {
    kept.idleSince = Date.now();
    if (kept.environment.alive()) idle.push(kept);
    else all.delete(kept);
  };

  /** The environment used last, if it still lives and started well; else a new one. */
  const take = async (): Promise<Kept> => {
    for (let kept = idle.pop(); kept; kept = idle.pop()) {
      if ((await kept.environment.started).kind === 'ready' && kept.environment.alive()) return kept;
      all.delete(kept);
    }
    return start();
  };

  const runIn = async (kept: Kept, payload: string, requestId: string): Promise<Invocation> => {
    const { environment, log } = kept;
    const started = await environment.started;
    log.begin();
    lines.started(requestId).forEach(log.line);
    const begun = performance.now();
    const outcome =
      started.kind === 'ready'
        ? await environment.invoke({ requestId, payload, deadlineMs: Date.now() + spec.timeoutSeconds * 1000 })
        : started;
    log.flush();
    const { error, payload: answer, usedBytes } = understood(outcome, requestId, spec);
    const { memoryMb } = spec;
    lines
      .ended({
        requestId,
        durationMs: performance.now() - begun,
        memoryMb,
        usedMb: usedBytes === undefined ? memoryMb : Math.ceil(usedBytes / 1024 / 1024),
        initMs: kept.fresh ? environment.initMs() : undefined,
        status: outcome.kind === 'timedOut' ? 'timeout' : error ? 'error' : 'success',
        errorType: error?.errorType,
      })
      .forEach(log.line);
    if (error && (outcome.kind === 'ended' || outcome.kind === 'timedOut'))
      log.line(`${error.errorMessage}\n${error.errorType}`);
    kept.fresh = false;
    if (outcome.kind === 'unreadable') throw unreadable();
    const logTail = log.tail();
    return error
      ? { requestId, payload: answer, functionError: 'Unhandled', logTail }
      : { requestId, payload: answer, logTail };
  };

  return {
    spec,
    group,
    size,
    async invoke(payload, requestId) {
      if (inFlight >= (spec.reservedConcurrency ?? accountConcurrency))
        throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
      inFlight += 1;
      try {
        return await slot(async () => {
          const kept = await take();
          try {
            return await runIn(kept, payload, requestId);
          } finally {
            give(kept);
          }
        });
      } finally {
        inFlight -= 1;
      }
    },
    async prewarm() {
      if (all.size > 0 || spec.reservedConcurrency === 0) return;
      const kept = start();
      idle.push(kept);
      await kept.environment.started;
    },
    retire() {
      while (idle.length > 1 && (idle[0]?.idleSince ?? Infinity) < Date.now() - idleLimitMs) {
        const kept = idle.shift() as Kept;
        all.delete(kept);
        void kept.environment.stop();
      }
    },
    async stop() {
      await Promise.all([...all].map(({ environment }) => environment.stop()));
    },
  };
};

const bootOf = ({ name, codeDir, handler, memoryMb, logging }: FunctionSpec, logGroup: string): Boot => ({
  codeDir,
  handler,
  functionName: name,
  functionArn: arn('lambda', `function:${name}`),
  memoryMb,
  logGroup,
  logStream: `${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${randomUUID().replaceAll('-', '')}`,
  logFormat: logging?.format ?? 'Text',
  logLevel: logging?.applicationLevel ?? 'INFO',
});

interface Understood {
  readonly error?: LambdaError | undefined;
  readonly payload: string;
  readonly usedBytes?: number;
}

/** The outcome as the caller of the function sees it. */
const understood = (outcome: Outcome, requestId: string, { timeoutSeconds }: FunctionSpec): Understood => {
  const failed = (error: LambdaError, usedBytes?: number): Understood => ({
    error,
    payload: JSON.stringify(error),
    ...(usedBytes === undefined ? {} : { usedBytes }),
  });
  if (outcome.kind === 'answered') {
    const { error, payload, usedBytes } = outcome;
    return fitsResponse(payload) ? { error, payload, usedBytes } : failed(responseTooLarge(payload), usedBytes);
  }
  if (outcome.kind === 'ended') {
    const { error } = outcome;
    return failed(error.trace ? error : { ...error, errorMessage: `RequestId: ${requestId} ${error.errorMessage}` });
  }
  if (outcome.kind === 'unreadable')
    return failed({ errorType: unreadable().code, errorMessage: unreadable().message });
  const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
  return failed({ errorType: 'Sandbox.Timedout', errorMessage });
};
