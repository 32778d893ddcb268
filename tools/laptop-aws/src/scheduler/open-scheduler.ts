import { randomUUID } from 'node:crypto';
import { arn } from '../aws/identity.ts';
import { systemClock, type Clock } from './clock.ts';
import { handOver } from './hand-over.ts';
import { nextRun, type NextRun } from './next-run.ts';
import { openScheduleState, type ScheduleRun, type ScheduleState } from './schedule-state.ts';
import type { ScheduleSpec } from './schedule-spec.ts';

export interface DescribedSchedule {
  readonly name: string;
  readonly expression: string;
  readonly functionArn: string;
  readonly nextRun: Date | undefined;
  readonly lastRun: Date | undefined;
}

export interface Scheduler {
  /** @throws ScheduleExpressionError, StateFileError */
  define(spec: ScheduleSpec): Promise<void>;
  describe(): readonly DescribedSchedule[];
  /** Starts the schedules; a run that an earlier process left half-way is handed over now, with its own time and id. */
  start(): void;
  /** Ends the schedules, and waits for the run that is being handed over. */
  stop(): Promise<void>;
}

export interface SchedulerOptions {
  /** Lambda's asynchronous invocation, as Scheduler uses it: a function's own failure is retried there. */
  readonly functions: { invokeEvent(nameOrArn: string, payload: string): Promise<string> };
  /** Told of each run and of each failure. */
  readonly log: (message: string) => void;
  /** The state folder of the schedules. */
  readonly dir: string;
  readonly clock?: Clock;
}

interface Scheduled {
  readonly spec: ScheduleSpec;
  readonly arn: string;
  readonly next: NextRun;
  readonly state: ScheduleState;
  planned?: number | undefined;
  cancel?: () => void;
}

/** EventBridge Scheduler: invokes functions at the times of their schedules. Times that pass while it is off are gone. */
export const openScheduler = ({ functions, log, dir, clock = systemClock }: SchedulerOptions): Scheduler => {
  const schedules = new Map<string, Scheduled>();
  const handingOver = new Set<Promise<void>>();
  const stopping = new AbortController();
  const options = {
    invokeEvent: (name: string, payload: string) => functions.invokeEvent(name, payload),
    log,
    clock,
    stopping: stopping.signal,
  };
  let running = false;

  const runOnce = async ({ spec, arn: scheduleArn, state }: Scheduled, run: ScheduleRun): Promise<void> => {
    try {
      await state.begin(run);
      if (await handOver(spec, scheduleArn, run, options)) await state.finish(run);
    } catch (error) {
      log(`schedule ${spec.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  const launch = (schedule: Scheduled, run: ScheduleRun): void => {
    const done = runOnce(schedule, run).finally(() => handingOver.delete(done));
    handingOver.add(done);
  };

  const plan = (schedule: Scheduled): void => {
    const { startMs = 0, endMs = Infinity, enabled = true } = schedule.spec;
    const time = schedule.next(Math.max(clock.now(), schedule.state.lastMs(), startMs - 1));
    schedule.planned = enabled && time !== undefined && time <= endMs ? time : undefined;
    if (!running || schedule.planned === undefined) return;
    const scheduledTimeMs = schedule.planned;
    schedule.cancel = clock.at(scheduledTimeMs, () => {
      launch(schedule, { scheduledTimeMs, executionId: randomUUID() });
      plan(schedule);
    });
  };

  return {
    async define(spec) {
      const next = nextRun(spec.expression, spec.timezone);
      const state = await openScheduleState(dir, spec.name);
      schedules.get(spec.name)?.cancel?.();
      const scheduleArn = arn('scheduler', `schedule/${spec.group ?? 'default'}/${spec.name}`);
      const schedule: Scheduled = { spec, next, arn: scheduleArn, state };
      schedules.set(spec.name, schedule);
      plan(schedule);
    },
    describe: () =>
      [...schedules.values()].map(({ spec: { name, expression, functionArn }, planned, state }) => ({
        name,
        expression,
        functionArn,
        nextRun: planned === undefined ? undefined : new Date(planned),
        lastRun: state.lastMs() === 0 ? undefined : new Date(state.lastMs()),
      })),
    start() {
      running = true;
      for (const schedule of schedules.values()) {
        if (schedule.spec.enabled !== false) for (const run of schedule.state.pending()) launch(schedule, run);
        plan(schedule);
      }
    },
    async stop() {
      running = false;
      stopping.abort();
      for (const { cancel } of schedules.values()) cancel?.();
      await Promise.all(handingOver);
    },
  };
};
