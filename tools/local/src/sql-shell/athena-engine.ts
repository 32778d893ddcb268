import { setTimeout as wait } from 'node:timers/promises';
import { type AwsTarget, unreachable } from '@acme/command-kit';
import { SqlError } from '@acme/laptop-aws/sql';
import {
  type AthenaClient,
  AthenaServiceException,
  GetNamedQueryCommand,
  GetQueryExecutionCommand,
  InvalidRequestException,
  paginateGetQueryResults,
  paginateListNamedQueries,
  type QueryExecution,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { type GlueClient, GlueServiceException, paginateGetTables } from '@aws-sdk/client-glue';
import { costText } from './answer-view.ts';
import { columnsOf, rowOf } from './athena-values.ts';
import type { NamedQuery, Run, ShellTable, SqlEngine } from './sql-engine.ts';

export interface AthenaOptions {
  /** Whom its clients talk to. */
  readonly target: AwsTarget;
  readonly athena: AthenaClient;
  readonly glue: GlueClient;
  readonly workGroup: string;
  readonly database: string;
}

/** Athena begins to answer after some 300 ms; 2 s more do not matter to a query that takes long. */
const pollMs = { first: 50, most: 2000 };
/** The most that GetQueryResults gives at once. */
const pageSize = 1000;

/** Athena in one work group: AWS's own, or that of any endpoint. */
export const athenaEngine = ({ target, athena, glue, workGroup, database }: AthenaOptions): SqlEngine => {
  const start = async (sql: string): Promise<string> => {
    const { QueryExecutionId = '' } = await athena.send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        WorkGroup: workGroup,
        QueryExecutionContext: { Database: database },
      }),
    );
    return QueryExecutionId;
  };

  const finished = async (id: string, { signal, progress }: Run): Promise<QueryExecution> => {
    for (let pause = pollMs.first; ; pause = Math.min(pollMs.most, pause * 1.5)) {
      const { QueryExecution = {} } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
      const { State = 'QUEUED', StateChangeReason } = QueryExecution.Status ?? {};
      if (State === 'SUCCEEDED') return QueryExecution;
      if (State === 'FAILED' || State === 'CANCELLED') {
        throw new SqlError(StateChangeReason ?? `Athena says no more than ${State}: query ${id}`);
      }
      progress?.(`${State.toLowerCase()}  ${costText(costOf(QueryExecution))}`);
      await wait(pause, undefined, { signal });
    }
  };

  return {
    place: `Athena, work group ${workGroup}, database ${database}`,
    run: (run, take) =>
      plainly(target, async () => {
        const id = await start(run.sql);
        try {
          const execution = await finished(id, run);
          let left = run.maxRows ?? Infinity;
          let isFirst = true;
          const pages = paginateGetQueryResults({ client: athena, pageSize }, { QueryExecutionId: id });
          for await (const { ResultSet } of pages) {
            run.signal?.throwIfAborted();
            const columns = columnsOf(ResultSet?.ResultSetMetadata?.ColumnInfo ?? []);
            // The first row of what a SELECT gives is the names of its columns; SHOW and DESCRIBE give none.
            const hasNames = isFirst && execution.StatementType === 'DML';
            const rows = (ResultSet?.Rows ?? []).slice(hasNames ? 1 : 0).map((row) => rowOf(columns, row));
            if (rows.length > 0 || isFirst) await take(rows.slice(0, left), columns);
            isFirst = false;
            left -= rows.length;
            if (left <= 0) break;
          }
          return costOf(execution);
        } catch (error) {
          if (run.signal?.aborted) await athena.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
          run.signal?.throwIfAborted();
          throw error;
        }
      }),
    tables: () => plainly(target, () => tablesOf(glue, database)),
    namedQueries: () => plainly(target, () => queriesOf(athena, workGroup)),
  };
};

const tablesOf = async (glue: GlueClient, database: string): Promise<ShellTable[]> => {
  const tables: ShellTable[] = [];
  for await (const { TableList = [] } of paginateGetTables({ client: glue }, { DatabaseName: database })) {
    for (const { Name = '', Description = '', StorageDescriptor, PartitionKeys = [] } of TableList) {
      const { Columns = [] } = StorageDescriptor ?? {};
      const columns = [...Columns, ...PartitionKeys].map(({ Name: name = '', Type = '', Comment = '' }, index) => ({
        name,
        type: Type,
        comment: Comment,
        isPartitionKey: index >= Columns.length,
      }));
      tables.push({ name: Name, description: Description, columns });
    }
  }
  return tables;
};

const queriesOf = async (athena: AthenaClient, workGroup: string): Promise<NamedQuery[]> => {
  const ids: string[] = [];
  const pages = paginateListNamedQueries({ client: athena }, { WorkGroup: workGroup });
  for await (const { NamedQueryIds = [] } of pages) ids.push(...NamedQueryIds);
  const found = await Promise.all(ids.map((NamedQueryId) => athena.send(new GetNamedQueryCommand({ NamedQueryId }))));
  return found.map(({ NamedQuery: query }) => ({
    name: query?.Name ?? '',
    sql: query?.QueryString ?? '',
    description: query?.Description ?? '',
  }));
};

const costOf = ({ Statistics = {} }: QueryExecution) => ({
  elapsedMs: Statistics.TotalExecutionTimeInMillis ?? Statistics.EngineExecutionTimeInMillis ?? 0,
  bytesScanned: Statistics.DataScannedInBytes ?? 0,
});

/** What Athena or Glue refuse, and an Athena that does not answer, is for the statement's writer too, and ends no shell. */
const plainly = async <Result>(target: AwsTarget, call: () => Promise<Result>): Promise<Result> => {
  try {
    return await call();
  } catch (error) {
    if (error instanceof InvalidRequestException) throw new SqlError(error.message, { cause: error });
    if (error instanceof AthenaServiceException || error instanceof GlueServiceException)
      throw new SqlError(`${error.name}: ${error.message}`, { cause: error });
    const reason = unreachable(error, target);
    if (reason) throw new SqlError(reason, { cause: error });
    throw error;
  }
};
