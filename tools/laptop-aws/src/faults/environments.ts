import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '@acme/synthetic/random';
import type { ExecutionEnvironment, Outcome, StartEnvironment } from '../lambda/execution-environment.ts';
import type { FaultSource } from './fault-source.ts';

const kinds = ['kill-before', 'kill-during', 'kill-after', 'function-timeout'] as const;

/**
 * How long a handler that is to be ended may run, drawn from one of these: most take longer than the first, and one that
 * does a thing after the other is ended between any two of them.
 */
const latestMs = [30, 30, 250] as const;

/**
 * Execution environments that die with the invocation that they have: before its handler runs, while it runs, or with
 * the answer in hand; or that are ended as if the time-out had struck, without the wait for it.
 */
export const dyingEnvironments = (start: StartEnvironment, faults: FaultSource): StartEnvironment => {
  if (!faults.has(...kinds)) return start;
  return (...about) => {
    const environment = start(...about);
    return {
      ...environment,
      invoke: (invocation, limitMs) => {
        const decided = kinds.map((kind) => [kind, faults.decide(kind)] as const);
        const [kind, random] = decided.find(([, numbers]) => numbers !== undefined) ?? [];
        const run = (): Promise<Outcome> => environment.invoke(invocation, limitMs);
        return kind && random ? dying(kind, random, { environment, faults, run, limitMs }) : run();
      },
    };
  };
};

interface Dying {
  readonly environment: ExecutionEnvironment;
  readonly faults: FaultSource;
  readonly run: () => Promise<Outcome>;
  readonly limitMs: number;
}

const dying = async (
  kind: (typeof kinds)[number],
  random: Random,
  { environment, faults, run, limitMs }: Dying,
): Promise<Outcome> => {
  const atMoment = () => Promise.race([run(), wait(random.below(latestMs[random.below(latestMs.length)] as number))]);
  const outcome = kind === 'kill-before' ? undefined : await (kind === 'kill-after' ? run() : atMoment());
  // Left alone: a handler that was faster than its end, or that failed by itself.
  if (outcome && (kind === 'kill-during' || outcome.kind !== 'answered' || outcome.error)) return outcome;
  await environment.stop();
  faults.struck(kind);
  return kind === 'function-timeout' ? { kind: 'timedOut', what: 'Task', afterSeconds: limitMs / 1000 } : killed;
};

/** As Lambda tells of a runtime that was killed. */
const killed: Outcome = {
  kind: 'ended',
  error: { errorType: 'Runtime.ExitError', errorMessage: 'Error: Runtime exited with error: signal: killed' },
};
