import { join } from 'node:path';
import * as z from 'zod';
import { stateFile } from '../aws/state-file.ts';

/** A run of a schedule: its time and the id that all its attempts carry. */
const ScheduleRun = z.object({ scheduledTimeMs: z.number(), executionId: z.string() });
export type ScheduleRun = z.infer<typeof ScheduleRun>;

const Saved = z.object({ lastMs: z.number(), pending: z.array(ScheduleRun) });

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

/**
 * The state of one schedule, in a small file of its own.
 *
 * @throws StateFileError when the file is damaged
 */
export const openScheduleState = async (dir: string, schedule: string): Promise<ScheduleState> => {
  const file = stateFile(join(dir, `${encodeURIComponent(schedule)}.json`), Saved);
  let state = (await file.read()) ?? { lastMs: 0, pending: [] };
  const without = ({ executionId }: ScheduleRun): ScheduleRun[] =>
    state.pending.filter((run) => run.executionId !== executionId);
  const save = (next: z.infer<typeof Saved>): Promise<void> => file.write((state = next));
  return {
    lastMs: () => state.lastMs,
    pending: () => state.pending,
    begin: (run) => save({ lastMs: Math.max(state.lastMs, run.scheduledTimeMs), pending: [...without(run), run] }),
    finish: (run) => save({ ...state, pending: without(run) }),
  };
};
