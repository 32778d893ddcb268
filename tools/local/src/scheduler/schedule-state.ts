import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../lambda/write-file-atomic.ts';

/** A run of a schedule: its time and the id that all its attempts carry. */
export interface ScheduleRun {
  readonly scheduledTimeMs: number;
  readonly executionId: string;
}

/** What a schedule keeps over a restart, so that no time runs twice and none is lost half-way. */
export interface ScheduleState {
  /** The latest time that has begun to run; 0 when none has. */
  lastMs(): number;
  /** Runs that began and that Lambda has not accepted yet. */
  pending(): readonly ScheduleRun[];
  /** On disk when it resolves, as `finish`. */
  begin(run: ScheduleRun): Promise<void>;
  /** The run was accepted, or given up. */
  finish(run: ScheduleRun): Promise<void>;
}

interface Saved {
  readonly lastMs: number;
  readonly pending: readonly ScheduleRun[];
}

/** The state of one schedule, in a small file of its own. */
export const scheduleState = (dir: string, schedule: string): ScheduleState => {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, `${encodeURIComponent(schedule)}.json`);
  let state = read(file);
  let saved = Promise.resolve();
  const change = (next: Saved): Promise<void> => {
    state = next;
    const save = () => writeFileAtomic(file, JSON.stringify(state));
    saved = saved.then(save, save);
    return saved;
  };
  return {
    lastMs: () => state.lastMs,
    pending: () => state.pending,
    begin: (run) =>
      change({
        lastMs: Math.max(state.lastMs, run.scheduledTimeMs),
        pending: [...state.pending.filter(({ executionId }) => executionId !== run.executionId), run],
      }),
    finish: (run) =>
      change({ ...state, pending: state.pending.filter(({ executionId }) => executionId !== run.executionId) }),
  };
};

const read = (file: string): Saved => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Saved;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return { lastMs: 0, pending: [] };
    throw new Error(`${file} cannot be read: delete it, and its schedule starts anew`, { cause });
  }
};
