import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { AwsError } from '../aws/aws-error.ts';
import { arn } from '../aws/identity.ts';
import { asyncInvocations, type AsyncSettings } from './async-invocations.ts';
import type { StartEnvironment } from './execution-environment.ts';
import { functionNameOf } from './function-name.ts';
import { functionPool, type FunctionPool } from './function-pool.ts';
import type { Functions, FunctionSpec, InvocationMeasures } from './functions.ts';
import type { WriteLog } from './invocation-log.ts';
import { stopping } from './run-invocation.ts';
import { asyncLimitBytes, refuseOversize, syncLimitBytes, unreadable } from './payload-limits.ts';

export interface FunctionsOptions {
  readonly logs: { readonly write: WriteLog };
  /** What every function finds in its environment: endpoint, region, keys. The template's own variables win. */
  readonly baseEnvironment: Readonly<Record<string, string>>;
  /** At most this many environments of a function. @default the laptop's cores */
  readonly concurrency?: number;
  /** Where accepted asynchronous invocations wait; without it they end with the process. */
  readonly dir?: string;
  /** @default one minute before the second attempt, two before the third, as in Lambda */
  readonly asyncRetryDelaysMs?: readonly [number, number];
  /** Starts an execution environment. @default a worker thread */
  readonly startEnvironment?: StartEnvironment;
  /** @default nobody measures */
  readonly measures?: InvocationMeasures;
}

/** Lambda: the functions and what the Lambda API and the scheduler need besides. */
export interface LambdaFunctions extends Functions {
  /**
   * Accepts an asynchronous invocation (InvocationType Event) and runs it later, retrying a failure under the same id.
   *
   * @returns the request id of all its attempts, once the event is on disk
   * @throws AwsError as `invoke` does, but for throttling, which is retried; the limit is 1 MB
   */
  invokeEvent(nameOrArn: string, payload: string): Promise<string>;
  /** Sets how asynchronous invocations of a function are retried. */
  configureAsync(name: string, settings: AsyncSettings): void;
  /** @throws AwsError ResourceNotFoundException */
  specOf(nameOrArn: string): FunctionSpec;
  /** Gets an environment of each function ready, and takes up asynchronous invocations that a restart left. */
  start(): Promise<void>;
  /** From now on asynchronous invocations wait on disk for the next start; resolves when those that run have ended. */
  holdEvents(): Promise<void>;
  /** Ends all environments; what still runs is answered with a ServiceException. Asynchronous invocations wait on disk for the next start. */
  stop(): Promise<void>;
}

export const openFunctions = ({
  logs,
  baseEnvironment: base,
  concurrency: cores = availableParallelism(),
  dir,
  asyncRetryDelaysMs: retryDelaysMs = [60_000, 120_000],
  startEnvironment,
  measures,
}: FunctionsOptions): LambdaFunctions => {
  const pools = new Map<string, FunctionPool>();
  const asyncSettings = new Map<string, AsyncSettings>();
  let stopped = false;

  const poolOf = (nameOrArn: string): FunctionPool => {
    const name = functionNameOf(nameOrArn);
    const pool = pools.get(name);
    if (pool) return pool;
    throw new AwsError('ResourceNotFoundException', `Function not found: ${arn('lambda', `function:${name}`)}`, 404);
  };

  const groupOf = (name: string): string => pools.get(name)?.group ?? `/aws/lambda/${name}`;

  const invoke: Functions['invoke'] = async (nameOrArn, payload, requestId = randomUUID()) => {
    if (stopped) throw stopping();
    const pool = poolOf(nameOrArn);
    refuseOversize(payload, syncLimitBytes);
    return pool.invoke(payload, requestId);
  };

  const queue = asyncInvocations({
    invoke,
    settingsOf: (name) => asyncSettings.get(name) ?? {},
    givenUp: (name, requestId, reason) =>
      logs.write(groupOf(name), 'asynchronous-invocations', `GIVEN UP RequestId: ${requestId}\t${reason}`),
    dir,
    retryDelaysMs,
  });
  const retiring = setInterval(() => pools.forEach((pool) => pool.retire(Date.now())), 60_000).unref();

  return {
    define(spec) {
      void pools.get(spec.name)?.stop();
      pools.set(spec.name, functionPool(spec, { base, cores, writeLog: logs.write, startEnvironment, measures }));
    },
    invoke,
    async invokeEvent(nameOrArn, payload) {
      const { name } = poolOf(nameOrArn).spec;
      refuseOversize(payload, asyncLimitBytes);
      refuseUnreadable(payload);
      return queue.accept(name, payload);
    },
    configureAsync: (name, settings) => void asyncSettings.set(functionNameOf(name), settings),
    specOf: (nameOrArn) => poolOf(nameOrArn).spec,
    has: (nameOrArn) => pools.has(functionNameOf(nameOrArn)),
    names: () => [...pools.keys()],
    concurrencyOf: (nameOrArn) => poolOf(nameOrArn).size,
    async start() {
      await Promise.all([...pools.values()].map((pool) => pool.prewarm()));
      await queue.resume();
    },
    holdEvents: () => queue.stop(),
    async stop() {
      stopped = true;
      clearInterval(retiring);
      const queued = queue.stop();
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
      await queued;
    },
  };
};

const refuseUnreadable = (payload: string): void => {
  try {
    if (payload !== '') JSON.parse(payload);
  } catch {
    throw unreadable();
  }
};
