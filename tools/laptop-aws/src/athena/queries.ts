import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AwsError } from '../aws/aws-error.ts';
import type { S3 } from '../s3/s3.ts';
import { placeOf } from '../sql/table-objects.ts';
import type { WorkGroup } from './definitions.ts';
import { type Execution, isOver } from './execution.ts';
import { ScanLimitError, stateChangeReason } from './failure.ts';
import { openHistory } from './history.ts';
import { openQueue } from './queue.ts';
import { run } from './run.ts';
import { statementKind, statementType } from './statement-kind.ts';

/** What is asked, checked already. */
export interface QueryRequest {
  readonly sql: string;
  readonly token: string | undefined;
  readonly database: string | undefined;
  readonly catalog: string | undefined;
  readonly workGroup: WorkGroup;
  /** `s3://bucket/prefix/`. */
  readonly resultsFolder: string;
}

/** Queries that wait, run and are over. */
export interface Queries {
  /** @throws AwsError when the token was another request's */
  start(request: QueryRequest): Promise<Execution>;
  find(id: string): Execution;
  all(): readonly Execution[];
  /** Cancels a query that is not over. */
  stop(id: string): Promise<void>;
  /** Resolves when a query is over. */
  ended(id: string): Promise<void>;
  close(): Promise<void>;
}

/** A laptop has a few cores, and each query may take the memory of `withLake`. */
const atOnce = 2;

/** Opens the queries of a state folder: those of before are remembered. */
export const openQueries = async ({
  dir,
  s3,
  report,
}: {
  readonly dir: string;
  readonly s3: S3;
  /** Tells the person at the laptop of trouble. */
  readonly report: (line: string) => void;
}): Promise<Queries> => {
  const history = await openHistory(join(dir, 'athena', 'executions'), Date.now());
  const scratchRoot = join(dir, 'athena', 'scratch');
  rmSync(scratchRoot, { recursive: true, force: true });
  const queue = openQueue(atOnce);
  const aborts = new Map<string, AbortController>();
  const ends = new Map<string, Promise<void>>();

  const find = (id: string): Execution => {
    const execution = history.find(id);
    if (execution) return execution;
    throw new AwsError('InvalidRequestException', `QueryExecution ${id} was not found`);
  };
  const change = (id: string, changed: Partial<Execution>): Promise<void> => history.keep({ ...find(id), ...changed });
  const end = async (id: string, state: Execution['state'], changed: Partial<Execution> = {}): Promise<void> => {
    if (!isOver(find(id))) await change(id, { ...changed, state, completedMs: Date.now() });
  };

  const execute = async (id: string, workGroup: WorkGroup, signal: AbortSignal): Promise<void> => {
    if (isOver(find(id))) return;
    await change(id, { state: 'RUNNING', startedMs: Date.now() });
    const scratch = join(scratchRoot, id);
    mkdirSync(scratch, { recursive: true });
    const { state, ...changed } = await outcomeOf(id, workGroup, signal, scratch);
    await rm(scratch, { recursive: true, force: true });
    await end(id, state, changed);
  };

  const outcomeOf = async (
    id: string,
    { bytesScannedCutoff: cutoff }: WorkGroup,
    signal: AbortSignal,
    scratch: string,
  ): Promise<Pick<Execution, 'state'> & Partial<Execution>> => {
    const { query: sql, database, outputLocation } = find(id);
    const result = placeOf(outputLocation);
    try {
      const { columns } = await run({
        ...{ dir, sql, database, signal, s3, scratch },
        store: (body) => s3.put(result.bucket, result.prefix, body),
        storeManifest: async (urls) => {
          const key = `${result.prefix}-manifest.csv`;
          await s3.put(result.bucket, key, Buffer.from(urls.map((url) => `${url}\n`).join('')), 'text/csv');
          await change(id, { manifestLocation: `s3://${result.bucket}/${key}` });
        },
        begin: async (bytesScanned) => {
          if (cutoff !== undefined && bytesScanned > cutoff) throw new ScanLimitError();
          await change(id, { bytesScanned });
        },
      });
      return { state: 'SUCCEEDED', columns: [...columns] };
    } catch (error) {
      return error instanceof ScanLimitError
        ? { state: 'CANCELLED', reason: error.message, bytesScanned: cutoff ?? 0 }
        : { state: 'FAILED', reason: stateChangeReason(error, sql, database ?? 'default') };
    }
  };

  return {
    find,
    all: () => history.all(),
    start: async (request) => {
      const same = request.token === undefined ? undefined : history.all().find(({ token }) => token === request.token);
      if (same) {
        const isSame =
          same.query === request.sql && same.workGroup === request.workGroup.name && same.database === request.database;
        if (isSame && same.resultsFolder === request.resultsFolder) return same;
        throw new AwsError('InvalidRequestException', 'Idempotent parameters do not match');
      }
      const id = randomUUID();
      const kind = statementKind(request.sql);
      const ending = kind === 'unload' ? '' : kind === 'select' ? '.csv' : '.txt';
      await history.keep({
        ...{ id, token: request.token, query: request.sql, database: request.database, catalog: request.catalog },
        ...{ workGroup: request.workGroup.name, resultsFolder: request.resultsFolder },
        statementType: statementType(kind),
        outputLocation: `${request.resultsFolder}${id}${ending}`,
        state: 'QUEUED',
        submittedMs: Date.now(),
        bytesScanned: 0,
        columns: [],
      });
      const abort = new AbortController();
      aborts.set(id, abort);
      const ended = Promise.withResolvers<void>();
      ends.set(id, ended.promise);
      queue.add(async () => {
        await execute(id, request.workGroup, abort.signal).catch((error: Error) =>
          report(`Athena could not keep the state of query ${id}: ${error.message}`),
        );
        aborts.delete(id);
        ends.delete(id);
        ended.resolve();
      });
      return find(id);
    },
    stop: async (id) => {
      if (isOver(find(id))) return;
      await end(id, 'CANCELLED', { reason: 'Query cancelled by user' });
      aborts.get(id)?.abort();
    },
    ended: async (id) => ends.get(id),
    close: async () => {
      for (const [id, abort] of aborts) {
        await end(id, 'FAILED', {
          reason: 'INTERNAL_ERROR_QUERY_ENGINE: the platform was stopped while this query was under way. Run it again.',
        });
        abort.abort();
      }
      await queue.close();
    },
  };
};
