import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws/aws-error.ts';
import { arn } from '../aws/identity.ts';
import { environmentLog } from './environment-log.ts';
import { environmentVariables } from './environment-variables.ts';
import { startEnvironment as startThread, type StartEnvironment } from './execution-environment.ts';
import type { FunctionSpec, Invocation, InvocationMeasures } from './functions.ts';
import type { WriteLog } from './invocation-log.ts';
import { runInvocation, stopping, type LoggedEnvironment } from './run-invocation.ts';
import { slots } from './slots.ts';
import type { Payload } from './stream-payload.ts';
import type { Boot } from './worker/protocol.ts';

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
  invoke(payload: Payload, requestId: string): Promise<Invocation>;
  /** Has an environment ready for the first invocation. A failure to start is logged, and reported by that invocation. */
  prewarm(): Promise<void>;
  /** Ends environments that nobody has used for five minutes, but for the last one. */
  retire(nowMs: number): void;
  /** Ends all environments; what runs or waits is answered with a ServiceException. */
  stop(): Promise<void>;
}

interface PoolOptions {
  readonly base: Readonly<Record<string, string>>;
  readonly cores: number;
  readonly writeLog: WriteLog;
  /** @default a worker thread */
  readonly startEnvironment?: StartEnvironment | undefined;
  readonly measures?: InvocationMeasures | undefined;
}

interface Kept extends LoggedEnvironment {
  idleSince: number;
}

export const functionPool = (
  spec: FunctionSpec,
  { base, cores, writeLog, startEnvironment = startThread, measures }: PoolOptions,
): FunctionPool => {
  const size = Math.max(1, Math.min(spec.reservedConcurrency ?? cores, cores));
  const group = spec.logging?.group ?? `/aws/lambda/${spec.name}`;
  const slot = slots(size);
  const idle: Kept[] = [];
  const all = new Set<Kept>();
  let inFlight = 0;
  let stopped = false;

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
    if (stopped) throw stopping();
    return start();
  };

  return {
    spec,
    group,
    size,
    async invoke(payload, requestId) {
      if (inFlight >= (spec.reservedConcurrency ?? accountConcurrency)) {
        measures?.throttled(spec.name);
        throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
      }
      inFlight += 1;
      try {
        return await slot(async () => {
          const kept = await take();
          try {
            return await runInvocation(spec, kept, payload, requestId, measures);
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
    retire(nowMs) {
      while (idle.length > 1 && (idle[0]?.idleSince ?? Infinity) < nowMs - idleLimitMs) {
        const kept = idle.shift() as Kept;
        all.delete(kept);
        void kept.environment.stop();
      }
    },
    async stop() {
      stopped = true;
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
