import { setTimeout as wait } from 'node:timers/promises';
import {
  type AthenaClient,
  GetQueryExecutionCommand,
  paginateGetQueryResults,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';

/** A row of a query, column by column: what Athena writes of a value, undefined for NULL. */
export type Row = readonly (string | undefined)[];

/** Runs statements to their end. */
export interface Athena {
  /**
   * Runs a statement that writes.
   *
   * @returns where it lists the files that it wrote (`s3://bucket/key`, Athena's data manifest); none when it wrote none
   * @param token 32 to 128 characters; the same statement under the same token is the same query, running or done
   * @throws QueryFailedError; OutOfTimeError, the query going on
   */
  run(statement: string, token?: string): Promise<{ readonly wrote: string | undefined }>;
  /** The rows of a query, as text. @throws as `run` */
  rows(statement: string): Promise<Row[]>;
  /** The same one after the other, a page of a thousand in memory at a time. */
  eachRow(statement: string): AsyncGenerator<Row>;
}

/** How often it asks whether a query is over: waiting adds a fortieth to a query's time, and at most half a second. */
const pollMs = { first: 20, most: 1_000, growth: 1.05 };

/** Athena in one workgroup and database, until a deadline (ms UTC). */
export const athena = (
  client: AthenaClient,
  { database, workGroup, deadlineMs }: { database: string; workGroup: string; deadlineMs: number },
): Athena => {
  const runToEnd = async (statement: string, token?: string) => {
    const { QueryExecutionId: id } = await client.send(
      new StartQueryExecutionCommand({
        QueryString: statement,
        WorkGroup: workGroup,
        QueryExecutionContext: { Database: database },
        ...(token === undefined ? {} : { ClientRequestToken: token }),
      }),
    );
    for (let pause = pollMs.first; ; pause = Math.min(pollMs.most, pause * pollMs.growth)) {
      const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
      const { State, StateChangeReason = '' } = QueryExecution?.Status ?? {};
      if (State === 'SUCCEEDED') return { id, wrote: QueryExecution?.Statistics?.DataManifestLocation };
      if (State === 'FAILED' || State === 'CANCELLED') throw new QueryFailedError(id ?? '', State, StateChangeReason);
      if (Date.now() + pause > deadlineMs) throw new OutOfTimeError();
      await wait(pause);
    }
  };
  const eachRow = async function* (statement: string): AsyncGenerator<Row> {
    const { id } = await runToEnd(statement);
    let isHeading = true; // the first row of the first page is the column names
    for await (const { ResultSet } of paginateGetQueryResults({ client }, { QueryExecutionId: id })) {
      for (const { Data = [] } of ResultSet?.Rows ?? []) {
        if (!isHeading) yield Data.map(({ VarCharValue }) => VarCharValue);
        isHeading = false;
      }
    }
  };
  return {
    run: runToEnd,
    rows: async (statement) => {
      const rows: Row[] = [];
      for await (const row of eachRow(statement)) rows.push(row);
      return rows;
    },
    eachRow,
  };
};

/** A query that Athena did not finish. The reason may quote what it read, so only its code is told. */
export class QueryFailedError extends Error {
  override readonly name = 'QueryFailedError';

  constructor(id: string, state: string, reason: string) {
    const [code = 'no code'] = /^[A-Z][A-Z_]+(?=:)/.exec(reason) ?? [];
    super(`query ${id} ${state} (${code}); GetQueryExecution tells the whole reason`);
  }
}

/** A query goes on after the deadline: run again, and what it wrote is found. */
export class OutOfTimeError extends Error {
  override readonly name = 'OutOfTimeError';

  constructor() {
    super('out of time; the next run goes on from here');
  }
}
