import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from './clock.ts';
import { nextRun } from './next-run.ts';
import { openScheduler, type Scheduler } from './open-scheduler.ts';
import type { ScheduleSpec } from './schedule-spec.ts';

const iso = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString();
const ms = (time: string): number => Date.parse(time);

describe('a schedule expression', () => {
  it.each([
    ['rate(5 minutes)', 'UTC', '2026-11-21T10:02:03Z', ['2026-11-21T10:05:00.000Z', '2026-11-21T10:10:00.000Z']],
    ['rate(1 hour)', 'UTC', '2026-11-21T10:00:00Z', ['2026-11-21T11:00:00.000Z', '2026-11-21T12:00:00.000Z']],
    ['rate(1 day)', 'UTC', '2026-11-21T10:00:00Z', ['2026-11-22T00:00:00.000Z', '2026-11-23T00:00:00.000Z']],
    ['cron(0/15 * * * ? *)', 'UTC', '2026-11-21T10:20:00Z', ['2026-11-21T10:30:00.000Z', '2026-11-21T10:45:00.000Z']],
    ['cron(0 8 ? * 2 *)', 'UTC', '2026-11-21T00:00:00Z', ['2026-11-23T08:00:00.000Z', '2026-11-30T08:00:00.000Z']],
    ['cron(0 8 ? * 6L *)', 'UTC', '2026-11-21T00:00:00Z', ['2026-11-27T08:00:00.000Z', '2026-12-25T08:00:00.000Z']],
    ['cron(0 8 1 1 ? 2027)', 'UTC', '2026-11-21T00:00:00Z', ['2027-01-01T08:00:00.000Z', undefined]],
    [
      'cron(0 8 * * ? *)',
      'Europe/Berlin',
      '2026-03-28T00:00:00Z',
      ['2026-03-28T07:00:00.000Z', '2026-03-29T06:00:00.000Z'],
    ],
    ['at(2026-12-01T08:00:00)', 'America/New_York', '2026-11-21T00:00:00Z', ['2026-12-01T13:00:00.000Z', undefined]],
  ])('%s in %s has its times', (expression, timezone, after, [first, second]) => {
    const next = nextRun(expression, timezone);
    expect(iso(next(ms(after)))).toBe(first);
    expect(iso(next(ms(first as string)))).toBe(second);
  });

  it.each(['rate(0 minutes)', 'rate(5 seconds)', 'cron(* * * * *)', 'cron(99 * * * ? *)', 'at(tomorrow)', 'hourly'])(
    '%s is refused',
    (expression) =>
      expect(() => nextRun(expression)).toThrow(expect.objectContaining({ name: 'ScheduleExpressionError' })),
  );

  it('in an unknown time zone is refused', () => {
    expect(() => nextRun('cron(0 8 * * ? *)', 'Mars/Olympus')).toThrow(/time zone/);
  });
});

/** Attempts of all schedules so far: each leaves one line in the log. */
let attempts = 0;
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
};

/** A clock that stands still until it is moved, and then calls back in order. */
const fakeClock = (start: string) => {
  let now = ms(start);
  const timers = new Set<{ timeMs: number; run: () => void }>();
  const clock: Clock = {
    now: () => now,
    at(timeMs, run) {
      const timer = { timeMs, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  };
  return {
    clock,
    async moveTo(time: string) {
      for (;;) {
        const [due] = [...timers].filter(({ timeMs }) => timeMs <= ms(time)).sort((a, b) => a.timeMs - b.timeMs);
        if (!due) break;
        timers.delete(due);
        now = Math.max(now, due.timeMs);
        const before = attempts;
        due.run();
        await until(() => attempts > before);
      }
      now = ms(time);
    },
  };
};

let dir: string;
const open: Scheduler[] = [];
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'acme-scheduler-'))));
afterEach(async () => {
  await Promise.all(open.splice(0).map((scheduler) => scheduler.stop()));
  rmSync(dir, { recursive: true, force: true });
});

const spec: ScheduleSpec = {
  name: 'every-five',
  expression: 'rate(5 minutes)',
  functionArn: 'arn:aws:lambda:us-west-2:000000000000:function:acme-data-generator',
  input:
    '{"at":"<aws.scheduler.scheduled-time>","id":"<aws.scheduler.execution-id>","attempt":<aws.scheduler.attempt-number>}',
};

const scheduling = (clock: Clock, refuse: () => boolean = () => false) => {
  const runs: { at: string; id: string; attempt: number }[] = [];
  const log: string[] = [];
  const functions = {
    invokeEvent: async (name: string, payload: string) => {
      expect(name).toBe(spec.functionArn);
      runs.push(JSON.parse(payload));
      if (refuse()) throw new Error('Rate Exceeded.');
      return 'request-1';
    },
  };
  const scheduler = openScheduler({ functions, log: (message) => (attempts += log.push(message) && 1), dir, clock });
  open.push(scheduler);
  return { scheduler, runs, log };
};

describe('a schedule', () => {
  it('hands each run over with its own time and id', async () => {
    const { clock, moveTo } = fakeClock('2026-11-21T10:02:00Z');
    const { scheduler, runs } = scheduling(clock);
    await scheduler.define(spec);
    scheduler.start();
    await moveTo('2026-11-21T10:11:00Z');
    expect(runs.map(({ at }) => at)).toEqual(['2026-11-21T10:05:00Z', '2026-11-21T10:10:00Z']);
    expect(new Set(runs.map(({ id }) => id)).size).toBe(2);
    expect(scheduler.describe()).toEqual([
      {
        name: 'every-five',
        expression: 'rate(5 minutes)',
        functionArn: spec.functionArn,
        lastRun: new Date('2026-11-21T10:10:00Z'),
        nextRun: new Date('2026-11-21T10:15:00Z'),
      },
    ]);
  });

  it('does not repeat a time after a restart, even when the clock was set back', async () => {
    const first = fakeClock('2026-11-21T10:02:00Z');
    const before = scheduling(first.clock);
    await before.scheduler.define(spec);
    before.scheduler.start();
    await first.moveTo('2026-11-21T10:06:00Z');
    await before.scheduler.stop();

    const second = fakeClock('2026-11-21T10:04:00Z');
    const after = scheduling(second.clock);
    await after.scheduler.define(spec);
    after.scheduler.start();
    await second.moveTo('2026-11-21T10:11:00Z');
    expect(after.runs.map(({ at }) => at)).toEqual(['2026-11-21T10:10:00Z']);
  });

  it('tries a run again that was not taken, under the same time and id', async () => {
    const { clock, moveTo } = fakeClock('2026-11-21T10:02:00Z');
    let refusals = 2;
    const { scheduler, runs, log } = scheduling(clock, () => refusals-- > 0);
    await scheduler.define(spec);
    scheduler.start();
    await moveTo('2026-11-21T10:06:00Z');
    expect(runs.map(({ at, attempt }) => [at, attempt])).toEqual(
      [1, 2, 3].map((attempt) => ['2026-11-21T10:05:00Z', attempt]),
    );
    expect(new Set(runs.map(({ id }) => id)).size).toBe(1);
    expect(log).toEqual([
      'schedule every-five: run of 2026-11-21T10:05:00.000Z tried again: Rate Exceeded.',
      'schedule every-five: run of 2026-11-21T10:05:00.000Z tried again: Rate Exceeded.',
      'schedule every-five: run of 2026-11-21T10:05:00.000Z handed over',
    ]);
  });

  it('gives a run up after its attempts, or when it is too old', async () => {
    const { clock, moveTo } = fakeClock('2026-11-21T10:02:00Z');
    const { scheduler, runs, log } = scheduling(clock, () => true);
    await scheduler.define({ ...spec, maximumRetryAttempts: 1 });
    await scheduler.define({ ...spec, name: 'short-lived', maximumEventAgeSeconds: 2 });
    scheduler.start();
    await moveTo('2026-11-21T10:06:00Z');
    expect(runs).toHaveLength(4);
    expect(log.filter((line) => line.includes('given up'))).toHaveLength(2);
  });

  it('hands a run over after a restart that an earlier process had not, with the same time and id', async () => {
    const first = fakeClock('2026-11-21T10:02:00Z');
    const before = scheduling(first.clock, () => true);
    await before.scheduler.define(spec);
    before.scheduler.start();
    await first.moveTo('2026-11-21T10:05:00Z');
    await before.scheduler.stop();

    const second = fakeClock('2026-11-21T10:07:00Z');
    const after = scheduling(second.clock);
    await after.scheduler.define(spec);
    after.scheduler.start();
    await second.moveTo('2026-11-21T10:10:00Z');
    await until(() => after.runs.length === 2);
    expect(after.runs.map(({ at }) => at).sort()).toEqual(['2026-11-21T10:05:00Z', '2026-11-21T10:10:00Z']);
    expect(after.runs.find(({ at }) => at === before.runs[0]?.at)?.id).toBe(before.runs[0]?.id);
  });

  it('keeps to its start, its end and its state', async () => {
    const { clock, moveTo } = fakeClock('2026-11-21T10:02:00Z');
    const { scheduler, runs } = scheduling(clock);
    await scheduler.define({ ...spec, startMs: ms('2026-11-21T10:10:00Z'), endMs: ms('2026-11-21T10:15:00Z') });
    await scheduler.define({ ...spec, name: 'off', enabled: false });
    scheduler.start();
    await moveTo('2026-11-21T10:30:00Z');
    expect(runs.map(({ at }) => at)).toEqual(['2026-11-21T10:10:00Z', '2026-11-21T10:15:00Z']);
  });

  it('without an input sends the event that Scheduler sends', async () => {
    const { clock, moveTo } = fakeClock('2026-11-21T10:02:00Z');
    const { scheduler, runs } = scheduling(clock);
    await scheduler.define({ ...spec, input: undefined });
    scheduler.start();
    await moveTo('2026-11-21T10:05:00Z');
    expect(runs).toEqual([
      {
        version: '0',
        id: expect.any(String),
        'detail-type': 'Scheduled Event',
        source: 'aws.scheduler',
        account: '000000000000',
        time: '2026-11-21T10:05:00Z',
        region: 'us-west-2',
        resources: ['arn:aws:scheduler:us-west-2:000000000000:schedule/default/every-five'],
        detail: '{}',
      },
    ]);
  });
});
