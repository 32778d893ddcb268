import {
  AthenaClient,
  BatchGetNamedQueryCommand,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  ListNamedQueriesCommand,
  type NamedQuery,
  type QueryExecution,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { setTimeout as wait } from 'node:timers/promises';

/** What a client that asks Athena gets and waits for. */
export interface Answered {
  /** From the call that starts the query to its rows. */
  readonly seconds: number;
  /** Of this process, which has the platform and the client. */
  readonly cpuSeconds: number;
  readonly bytesScanned: number;
  /** Without headings; NULL is undefined. */
  readonly rows: readonly (readonly (string | undefined)[])[];
}

const workGroup = 'acme-telemetry';
/** Often enough for the figures, and seldom enough not to take much of a core from the query. */
const askEveryMs = 20;

/** A stock Athena client on a platform. */
export const athenaOn = (endpoint: string) => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new AthenaClient({ endpoint, region: 'us-west-2', credentials });

  const ended = async (QueryExecutionId: string): Promise<QueryExecution> => {
    for (;;) {
      const { QueryExecution: execution = {} } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId }));
      if (!['QUEUED', 'RUNNING'].includes(execution.Status?.State ?? '')) return execution;
      await wait(askEveryMs);
    }
  };

  return {
    /** The queries that the work group of the readers has saved, by name. */
    namedQueries: async (): Promise<ReadonlyMap<string, NamedQuery>> => {
      const { NamedQueryIds } = await client.send(new ListNamedQueriesCommand({ WorkGroup: workGroup }));
      const { NamedQueries = [] } = await client.send(new BatchGetNamedQueryCommand({ NamedQueryIds }));
      return new Map(NamedQueries.map((query) => [query.Name as string, query]));
    },
    /** @throws Error when the query does not succeed */
    ask: async ({ QueryString, Database }: Pick<NamedQuery, 'QueryString' | 'Database'>): Promise<Answered> => {
      const startedMs = performance.now();
      const before = process.cpuUsage();
      const { QueryExecutionId = '' } = await client.send(
        new StartQueryExecutionCommand({ QueryString, WorkGroup: workGroup, QueryExecutionContext: { Database } }),
      );
      const { Status, Statistics } = await ended(QueryExecutionId);
      if (Status?.State !== 'SUCCEEDED') throw new Error(`a query ${Status?.State}: ${Status?.StateChangeReason}`);
      const { ResultSet } = await client.send(new GetQueryResultsCommand({ QueryExecutionId }));
      const { user, system } = process.cpuUsage(before);
      const [, ...rows] = (ResultSet?.Rows ?? []).map(({ Data = [] }) => Data.map((cell) => cell.VarCharValue));
      return {
        seconds: (performance.now() - startedMs) / 1000,
        cpuSeconds: (user + system) / 1e6,
        bytesScanned: Statistics?.DataScannedInBytes ?? 0,
        rows,
      };
    },
    close: () => client.destroy(),
  };
};
