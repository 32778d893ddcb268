import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
  type StartQueryExecutionCommandInput,
} from '@aws-sdk/client-athena';
import { servedAlone } from '../aws/served-alone.ts';
import { openS3, type S3 } from '../s3/s3.ts';
import { aLake, ndjson } from '../sql/lake.fixture.ts';
import { type Athena, openAthena } from './athena.ts';

/** Athena on a lake of its own with three rows of `streaming_events`, and the stock client, for tests. */
export const anAthena = async () => {
  const dir = mkdtempSync(join(tmpdir(), 'athena-'));
  const lake = aLake(dir);
  const workGroup = { name: 'acme', isEnforced: true, isEnabled: true, publishesMetrics: false };
  let s3: S3;
  let athena: Athena;
  let served: Awaited<ReturnType<typeof servedAlone>>;
  let client: AthenaClient;

  const open = async (): Promise<void> => {
    s3 = await openS3({ dir });
    s3.createBucket('lake');
    athena = await openAthena({ dir, s3 });
    athena.defineWorkGroup({ ...workGroup, outputLocation: 's3://lake/athena-results/' });
    served = await servedAlone(athena.service);
    client = new AthenaClient(served.client);
  };
  const close = async (): Promise<void> => {
    client.destroy();
    await served.close();
    await athena.close();
  };
  await open();
  lake.table('streaming_events', { event_type: 'string', watch_duration_seconds: 'bigint' });
  lake.object(
    'streaming_events/x.gz',
    ndjson({ event_type: 'start', watch_duration_seconds: 5 }, { event_type: 'st"op' }, { event_type: '' }),
  );

  const start = async (sql: string, more: Partial<StartQueryExecutionCommandInput> = {}): Promise<string> => {
    const asked = { QueryString: sql, WorkGroup: 'acme', QueryExecutionContext: { Database: 'acme_telemetry' } };
    const { QueryExecutionId } = await client.send(new StartQueryExecutionCommand({ ...asked, ...more }));
    return QueryExecutionId as string;
  };
  const describe = async (id: string): Promise<QueryExecution> => {
    const { QueryExecution: execution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
    return execution as QueryExecution;
  };
  const ended = async (id: string): Promise<QueryExecution> => {
    for (;;) {
      const execution = await describe(id);
      if (!['QUEUED', 'RUNNING'].includes(execution.Status?.State ?? '')) return execution;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const rows = async (id: string, more: { MaxResults?: number; NextToken?: string } = {}) => {
    const { ResultSet, NextToken } = await client.send(new GetQueryResultsCommand({ QueryExecutionId: id, ...more }));
    return { rows: ResultSet?.Rows?.map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue)), NextToken };
  };

  return {
    dir,
    lake,
    start,
    describe,
    ended,
    rows,
    run: async (sql: string, more: Partial<StartQueryExecutionCommandInput> = {}) => ended(await start(sql, more)),
    /** The rows of a query that succeeds, headings first. */
    ask: async (sql: string) => {
      const { QueryExecutionId: id, Status } = await ended(await start(sql));
      if (Status?.State !== 'SUCCEEDED') throw new Error(Status?.StateChangeReason);
      return (await rows(id as string)).rows;
    },
    get client() {
      return client;
    },
    get athena() {
      return athena;
    },
    get s3() {
      return s3;
    },
    reopen: async () => {
      await close();
      await open();
    },
    close: async () => {
      await close();
      rmSync(dir, { recursive: true });
    },
  };
};
