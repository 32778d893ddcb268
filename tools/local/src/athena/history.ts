import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StateFileError } from '../aws/state-file.ts';
import { moveDurably, writeDurably } from '../s3/durable-files.ts';
import { Execution, isOver } from './execution.ts';

/** The queries that ever ran here, in memory and one file each on the disk. */
export interface History {
  find(id: string): Execution | undefined;
  /** Newest first. */
  all(): readonly Execution[];
  /** Keeps an execution as it is now; when it returns, it is on the disk. */
  keep(execution: Execution): void;
}

/** Athena forgets a query after 45 days. */
const keptMs = 45 * 24 * 60 * 60 * 1000;

/**
 * Opens the history of a folder. A query that was under way when the platform was killed has failed.
 *
 * @throws StateFileError for a file that cannot be understood
 */
export const openHistory = (dir: string, now: number): History => {
  mkdirSync(dir, { recursive: true });
  const executions = new Map<string, Execution>();
  const fileOf = (id: string): string => join(dir, `${id}.json`);
  const keep = (execution: Execution): void => {
    executions.set(execution.id, execution);
    const file = fileOf(execution.id);
    writeDurably(`${file}.next`, JSON.stringify(execution));
    moveDurably(`${file}.next`, file);
  };
  const found = readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .map((name) => read(join(dir, name)))
    .sort((a, b) => a.submittedMs - b.submittedMs);
  for (const execution of found) {
    if (now - execution.submittedMs > keptMs) rmSync(fileOf(execution.id));
    else if (isOver(execution)) executions.set(execution.id, execution);
    else keep({ ...execution, state: 'FAILED', reason: wasLost, completedMs: now });
  }
  return { find: (id) => executions.get(id), all: () => [...executions.values()].reverse(), keep };
};

const wasLost = 'INTERNAL_ERROR_QUERY_ENGINE: the platform ended while this query was under way. Run it again.';

const read = (file: string): Execution => {
  try {
    return Execution.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new StateFileError(file);
  }
};
