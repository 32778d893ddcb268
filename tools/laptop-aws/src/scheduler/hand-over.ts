import type { Clock } from './clock.ts';
import type { ScheduleSpec } from './schedule-spec.ts';
import { scheduleInput } from './schedule-input.ts';
import type { ScheduleRun } from './schedule-state.ts';

export interface HandOverOptions {
  readonly invokeEvent: (nameOrArn: string, payload: string) => Promise<string>;
  readonly log: (message: string) => void;
  readonly clock: Clock;
  /** Ends the waiting between attempts. */
  readonly stopping: AbortSignal;
}

/** How long to wait before the next attempt: 1 s, 2 s, 4 s … 1 min. */
const backoffMs = (attempt: number): number => Math.min(1000 * 2 ** (attempt - 1), 60_000);

/**
 * Gives a run to Lambda, as often as its retry policy allows.
 *
 * @returns whether the run is over: accepted or given up; false when the platform stopped first
 */
export const handOver = async (
  spec: ScheduleSpec,
  scheduleArn: string,
  run: ScheduleRun,
  { invokeEvent, log, clock, stopping }: HandOverOptions,
): Promise<boolean> => {
  const { maximumRetryAttempts = 185, maximumEventAgeSeconds = 86_400 } = spec;
  const lastMs = run.scheduledTimeMs + maximumEventAgeSeconds * 1000;
  const tell = (outcome: string): void =>
    log(`schedule ${spec.name}: run of ${new Date(run.scheduledTimeMs).toISOString()} ${outcome}`);

  for (let attempt = 1; !stopping.aborted; attempt += 1) {
    try {
      await invokeEvent(spec.functionArn, scheduleInput(spec.input, { ...run, scheduleArn, attempt }));
      tell('handed over');
      return true;
    } catch (error) {
      const over = attempt > maximumRetryAttempts || clock.now() + backoffMs(attempt) > lastMs;
      tell(`${over ? 'given up' : 'tried again'}: ${error instanceof Error ? error.message : String(error)}`);
      if (over) return true;
      await pause(clock, backoffMs(attempt), stopping);
    }
  }
  return false;
};

const pause = (clock: Clock, ms: number, stopping: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const cancel = clock.at(clock.now() + ms, () => {
      stopping.removeEventListener('abort', end);
      resolve();
    });
    const end = (): void => {
      cancel();
      resolve();
    };
    stopping.addEventListener('abort', end, { once: true });
  });
