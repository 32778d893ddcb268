import { Cron } from 'croner';

/** When a schedule runs: the first time after a moment, in milliseconds since 1970, or never again. */
export type NextRun = (afterMs: number) => number | undefined;

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/**
 * The times of an EventBridge Scheduler expression: `rate(5 minutes)`, `cron(0 8 ? * MON-FRI *)`,
 * `at(2026-12-01T08:00:00)`. A rate runs at multiples of its period since 1970, so that a restart changes no time.
 *
 * @param timezone of cron and at; a rate knows none
 * @throws ScheduleExpressionError
 */
export const nextRun = (expression: string, timezone = 'UTC'): NextRun => {
  const [, kind, inside] = /^(rate|cron|at)\((.+)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return rate(inside as string);
  if (kind === 'cron') return cron(inside as string, timezone);
  if (kind === 'at') return at(inside as string, timezone);
  throw new ScheduleExpressionError('a schedule reads rate(…), cron(…) or at(…)');
};

/** A schedule expression that EventBridge Scheduler would refuse as well. */
export class ScheduleExpressionError extends Error {
  override readonly name = 'ScheduleExpressionError';
}

const rate = (inside: string): NextRun => {
  const [, number, unit] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(inside) ?? [];
  if (!number) throw new ScheduleExpressionError('a rate reads rate(<whole number> minutes|hours|days)');
  const periodMs = Number(number) * unitMs[unit as keyof typeof unitMs];
  return (afterMs) => (Math.floor(afterMs / periodMs) + 1) * periodMs;
};

/** Six fields as AWS writes them, minutes to year; croner wants the seconds first. Weekdays count from Sunday = 1. */
const cron = (inside: string, timezone: string): NextRun => {
  if (inside.trim().split(/\s+/).length !== 6)
    throw new ScheduleExpressionError('a cron has six fields: minutes hours day-of-month month day-of-week year');
  const job = parsed(`0 ${inside}`, timezone);
  return (afterMs) => job.nextRun(new Date(afterMs))?.getTime();
};

const at = (inside: string, timezone: string): NextRun => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inside))
    throw new ScheduleExpressionError('a time reads at(yyyy-mm-ddThh:mm:ss)');
  const time = parsed(inside, timezone).nextRun(new Date(0))?.getTime();
  return (afterMs) => (time !== undefined && time > afterMs ? time : undefined);
};

const parsed = (pattern: string, timezone: string): Cron => {
  try {
    const job = new Cron(pattern, { timezone, paused: true, alternativeWeekdays: true, sloppyRanges: true });
    job.nextRun(new Date(0));
    return job;
  } catch (cause) {
    throw new ScheduleExpressionError(`the schedule or its time zone: ${(cause as Error).message}`, { cause });
  }
};
