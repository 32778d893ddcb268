import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
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
  start(request: QueryRequest): Execution;
  find(id: string): Execution;
  all(): readonly Execution[];
  /** Cancels a query that is not over. */
  stop(id: string): void;
  /** Resolves when a query is over. */
  ended(id: string): Promise<void>;
  close(): Promise<void>;
}

/** A laptop has a few cores, and each query may take the memory of `withLake`. */
const atOnce = 2;

/** Opens the queries of a state folder: those of before are remembered. */
export const openQueries = ({ dir, s3 }: { readonly dir: string; readonly s3: S3 }): Queries => {
  const history = openHistory(join(dir, 'athena', 'executions'), Date.now());
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
  const change = (id: string, changed: Partial<Execution>): void => history.keep({ ...find(id), ...changed });
  const end = (id: string, state: Execution['state'], changed: Partial<Execution> = {}): void => {
    if (!isOver(find(id))) change(id, { ...changed, state, completedMs: Date.now() });
  };

  const execute = async (id: string, { bytesScannedCutoff }: WorkGroup, signal: AbortSignal): Promise<void> => {
    const { query, database, outputLocation } = find(id);
    if (isOver(find(id))) return;
    change(id, { state: 'RUNNING', startedMs: Date.now() });
    const scratch = join(scratchRoot, id);
    mkdirSync(scratch, { recursive: true });
    const result = placeOf(outputLocation);
    try {
      const { columns } = await run({
        ...{ dir, sql: query, database, signal, s3, scratch },
        store: (body) => s3.put(result.bucket, result.prefix, body),
        storeManifest: async (urls) => {
          const key = `${result.prefix}-manifest.csv`;
          await s3.put(result.bucket, key, Buffer.from(urls.map((url) => `${url}\n`).join('')), 'text/csv');
          change(id, { manifestLocation: `s3://${result.bucket}/${key}` });
        },
        begin: (bytesScanned) => {
          if (bytesScannedCutoff !== undefined && bytesScanned > bytesScannedCutoff) throw new ScanLimitError();
          change(id, { bytesScanned });
        },
      });
      end(id, 'SUCCEEDED', { columns: [...columns] });
    } catch (error) {
      if (error instanceof ScanLimitError)
        end(id, 'CANCELLED', { reason: error.message, bytesScanned: bytesScannedCutoff ?? 0 });
      else end(id, 'FAILED', { reason: stateChangeReason(error, query, database ?? 'default') });
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  };

  return {
    find,
    all: () => history.all(),
    start: (request) => {
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
      history.keep({
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
        await execute(id, request.workGroup, abort.signal);
        aborts.delete(id);
        ends.delete(id);
        ended.resolve();
      });
      return find(id);
    },
    stop: (id) => {
      if (isOver(find(id))) return;
      end(id, 'CANCELLED', { reason: 'Query cancelled by user' });
      aborts.get(id)?.abort();
    },
    ended: async (id) => ends.get(id),
    close: async () => {
      for (const [id, abort] of aborts) {
        end(id, 'FAILED', {
          reason: 'INTERNAL_ERROR_QUERY_ENGINE: the platform was stopped while this query was under way. Run it again.',
        });
        abort.abort();
      }
      await queue.close();
    },
  };
};
