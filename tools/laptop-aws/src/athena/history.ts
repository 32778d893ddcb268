import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type StateFile, stateFile } from '../aws/state-file.ts';
import { Execution, isOver } from './execution.ts';

/** The queries that ever ran here, in memory and one file each on the disk. */
export interface History {
  find(id: string): Execution | undefined;
  /** Newest first. */
  all(): readonly Execution[];
  /** Keeps an execution as it is now: for readers at once, on the disk when it resolves. */
  keep(execution: Execution): Promise<void>;
}

/** Athena forgets a query after 45 days. */
const keptMs = 45 * 24 * 60 * 60 * 1000;

/**
 * Opens the history of a folder. A query that was under way when the platform was killed has failed.
 *
 * @throws StateFileError for a file that cannot be understood
 */
export const openHistory = async (dir: string, now: number): Promise<History> => {
  mkdirSync(dir, { recursive: true });
  const executions = new Map<string, Execution>();
  const files = new Map<string, StateFile<Execution>>();
  const fileOf = (id: string): string => join(dir, `${id}.json`);
  const keep = async (execution: Execution): Promise<void> => {
    const { id } = execution;
    executions.set(id, execution);
    const file = files.get(id) ?? stateFile(fileOf(id), Execution);
    files.set(id, file);
    await file.write(execution);
    if (isOver(execution)) files.delete(id);
  };
  const found: Execution[] = [];
  for (const name of readdirSync(dir).filter((each) => each.endsWith('.json'))) {
    const execution = await stateFile(join(dir, name), Execution).read(); // one by one: there may be thousands
    if (execution) found.push(execution);
  }
  for (const execution of found.sort((x, y) => x.submittedMs - y.submittedMs)) {
    if (now - execution.submittedMs > keptMs) rmSync(fileOf(execution.id));
    else if (isOver(execution)) executions.set(execution.id, execution);
    else await keep({ ...execution, state: 'FAILED', reason: wasLost, completedMs: now });
  }
  return { find: (id) => executions.get(id), all: () => [...executions.values()].reverse(), keep };
};

const wasLost = 'INTERNAL_ERROR_QUERY_ENGINE: the platform ended while this query was under way. Run it again.';
