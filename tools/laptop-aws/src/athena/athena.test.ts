import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BatchGetNamedQueryCommand,
  BatchGetQueryExecutionCommand,
  GetNamedQueryCommand,
  GetWorkGroupCommand,
  ListNamedQueriesCommand,
  ListQueryExecutionsCommand,
  ListWorkGroupsCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ndjson } from '../sql/lake.fixture.ts';
import { objectsFolder } from '../sql/table-objects.ts';
import { anAthena } from './athena.fixture.ts';

let place: Awaited<ReturnType<typeof anAthena>>;

beforeEach(async () => {
  place = await anAthena();
});
afterEach(() => place.close());

const objectAt = (url = ''): string => {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.*)$/.exec(url) as unknown as [string, string, string];
  return readFileSync(join(objectsFolder(place.dir, bucket), `${key}.data`), 'utf8');
};

describe('a query', () => {
  it('succeeds, with its rows in pages after the headings, and in an object', async () => {
    const id = await place.start('SELECT * FROM streaming_events ORDER BY event_type DESC');
    const execution = await place.ended(id);

    expect(execution).toMatchObject({
      QueryExecutionId: id,
      Query: 'SELECT * FROM streaming_events ORDER BY event_type DESC',
      StatementType: 'DML',
      WorkGroup: 'acme',
      QueryExecutionContext: { Database: 'acme_telemetry' },
      ResultConfiguration: { OutputLocation: `s3://lake/athena-results/${id}.csv` },
      Status: { State: 'SUCCEEDED' },
    });
    const { TotalExecutionTimeInMillis: total = 0, EngineExecutionTimeInMillis: engine = 0 } =
      execution.Statistics ?? {};
    expect(total).toBeGreaterThanOrEqual(engine);
    expect(execution.Statistics?.DataScannedInBytes).toBe(
      readFileSync(join(objectsFolder(place.dir, 'lake'), 'streaming_events/x.gz.data')).length,
    );
    const first = await place.rows(id, { MaxResults: 2 });
    expect(first.rows).toEqual([
      ['event_type', 'watch_duration_seconds'],
      ['start', '5'],
    ]);
    const second = await place.rows(id, { MaxResults: 2, NextToken: first.NextToken as string });
    expect(second).toEqual({
      rows: [
        ['st"op', undefined],
        ['', undefined],
      ],
      NextToken: undefined,
    });
    expect(objectAt(execution.ResultConfiguration?.OutputLocation)).toBe(
      '"event_type","watch_duration_seconds"\n"start","5"\n"st""op",\n"",\n',
    );
  });

  it('finds a table by its name, its database’s and its catalog’s', async () => {
    const names = [
      'Streaming_Events',
      'acme_telemetry.streaming_events',
      '"AwsDataCatalog"."acme_telemetry"."streaming_events"',
    ];
    for (const name of names) expect(await place.ask(`SELECT COUNT(*) AS n FROM ${name}`)).toEqual([['n'], ['3']]);
    const tables = 'SELECT table_catalog, table_schema, table_name FROM information_schema.tables';
    expect((await place.ask(tables))?.[1]).toEqual(['awsdatacatalog', 'acme_telemetry', 'streaming_events']);
    const types = `SELECT column_name, data_type FROM information_schema.columns AS c WHERE c.table_name = 'streaming_events' ORDER BY ordinal_position`;
    expect((await place.ask(types))?.slice(1, 3)).toEqual([
      ['event_type', 'varchar'],
      ['watch_duration_seconds', 'bigint'],
    ]);
  });

  it('is cancelled when it would read past the cut-off of its work group, and not when it reads less', async () => {
    const limits = { isEnforced: true, isEnabled: true, publishesMetrics: false, outputLocation: 's3://lake/r/' };
    place.athena.defineWorkGroup({ ...limits, name: 'small', bytesScannedCutoff: 50 });

    expect(await place.run('SELECT event_type FROM streaming_events', { WorkGroup: 'small' })).toMatchObject({
      Status: { State: 'CANCELLED', StateChangeReason: 'Bytes scanned limit was exceeded' },
    });
    expect(await place.run('SELECT 1 AS n', { WorkGroup: 'small' })).toMatchObject({ Status: { State: 'SUCCEEDED' } });
  });

  it('is the same query when it is started again with its token', async () => {
    const ClientRequestToken = 'a'.repeat(32);
    const id = await place.start('SELECT 1 AS n', { ClientRequestToken });

    expect(await place.start('SELECT 1 AS n', { ClientRequestToken })).toBe(id);
    await expect(place.start('SELECT 2 AS n', { ClientRequestToken })).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: 'Idempotent parameters do not match',
    });
  });

  it('can be stopped, and is cancelled then', async () => {
    const id = await place.start('SELECT COUNT(*) FROM range(100000000000) AS a(n)');
    await place.client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));

    expect((await place.ended(id)).Status).toMatchObject({
      State: 'CANCELLED',
      StateChangeReason: 'Query cancelled by user',
    });
    await expect(place.rows(id)).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: 'Query did not finish successfully. Final query state: CANCELLED',
    });
  });

  it('waits while two others run, then runs', async () => {
    const endless = 'SELECT COUNT(*) FROM range(100000000000) AS a(n)';
    const running = [await place.start(endless), await place.start(endless)];
    const waiting = await place.start('SELECT 1 AS n');

    expect((await place.describe(waiting)).Status?.State).toBe('QUEUED');
    await expect(place.rows(waiting)).rejects.toThrow('Query has not yet finished. Current state: QUEUED');
    for (const id of running) await place.client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
    expect((await place.ended(waiting)).Status?.State).toBe('SUCCEEDED');
  });

  it('is remembered after a restart, and has failed when the platform ended while it ran', async () => {
    const over = await place.start('SELECT 1 AS n');
    await place.ended(over);
    const running = await place.start('SELECT COUNT(*) FROM range(100000000000) AS a(n)');
    await place.reopen();

    expect((await place.rows(over)).rows).toEqual([['n'], ['1']]);
    expect((await place.describe(running)).Status).toMatchObject({
      State: 'FAILED',
      StateChangeReason: expect.stringContaining('the platform'),
    });
    expect(await place.client.send(new ListQueryExecutionsCommand({ WorkGroup: 'acme' }))).toMatchObject({
      QueryExecutionIds: [running, over],
    });
  });

  it('needs somewhere for its result: its own place, or the work group’s when that is enforced', async () => {
    const own = { ResultConfiguration: { OutputLocation: 's3://lake/own' } };
    expect((await place.run('SELECT 1 AS n', own)).ResultConfiguration?.OutputLocation).toMatch(
      's3://lake/athena-results/',
    );
    expect(
      (await place.run('SELECT 1 AS n', { ...own, WorkGroup: 'primary' })).ResultConfiguration?.OutputLocation,
    ).toMatch('s3://lake/own/');

    await expect(place.start('SELECT 1', { WorkGroup: 'primary' })).rejects.toThrow('No output location provided');
    await expect(
      place.start('SELECT 1', { WorkGroup: 'primary', ResultConfiguration: { OutputLocation: 's3://nowhere/' } }),
    ).rejects.toThrow('Unable to verify/create output bucket nowhere');
    await expect(place.start('SELECT 1', { WorkGroup: 'nope' })).rejects.toThrow('WorkGroup nope is not found.');
  });
});

describe('what templates define', () => {
  it('is listed and described', async () => {
    const query = { name: 'top', database: 'acme_telemetry', query: 'SELECT 1', workGroup: 'acme', description: 'One' };
    place.athena.defineNamedQuery({ id: 'q-1', ...query });
    const { client } = place;
    const described = {
      NamedQueryId: 'q-1',
      Name: 'top',
      Database: 'acme_telemetry',
      QueryString: 'SELECT 1',
      WorkGroup: 'acme',
      Description: 'One',
    };

    expect(await client.send(new ListNamedQueriesCommand({ WorkGroup: 'acme' }))).toMatchObject({
      NamedQueryIds: ['q-1'],
    });
    expect(await client.send(new GetNamedQueryCommand({ NamedQueryId: 'q-1' }))).toMatchObject({
      NamedQuery: described,
    });
    expect(await client.send(new BatchGetNamedQueryCommand({ NamedQueryIds: ['q-1', 'q-2'] }))).toMatchObject({
      NamedQueries: [described],
      UnprocessedNamedQueryIds: [{ NamedQueryId: 'q-2' }],
    });
    expect(await client.send(new GetWorkGroupCommand({ WorkGroup: 'acme' }))).toMatchObject({
      WorkGroup: {
        Name: 'acme',
        State: 'ENABLED',
        Configuration: {
          EnforceWorkGroupConfiguration: true,
          ResultConfiguration: { OutputLocation: 's3://lake/athena-results/' },
        },
      },
    });
    expect((await client.send(new ListWorkGroupsCommand({}))).WorkGroups?.map(({ Name }) => Name)).toEqual([
      'primary',
      'acme',
    ]);
    const id = await place.start('SELECT 1 AS n');
    expect(await client.send(new BatchGetQueryExecutionCommand({ QueryExecutionIds: [id, 'nope'] }))).toMatchObject({
      QueryExecutions: [{ QueryExecutionId: id }],
      UnprocessedQueryExecutionIds: [{ QueryExecutionId: 'nope' }],
    });
    await expect(place.describe('nope')).rejects.toThrow('QueryExecution nope was not found');
  });
});

describe('statements about the catalog', () => {
  it('answer in lines without headings', async () => {
    place.lake.table('parted', { n: 'int' }, ['date']);
    place.lake.object('parted/date=2026-11-21/x', ndjson({ n: 1 }));

    expect(await place.ask('MSCK REPAIR TABLE acme_telemetry.streaming_events')).toEqual([]);
    expect(await place.ask('SHOW DATABASES')).toEqual([['acme_telemetry']]);
    expect(await place.ask("SHOW TABLES IN acme_telemetry 'stream*'")).toEqual([['streaming_events']]);
    expect(await place.ask("SHOW TABLES IN acme_telemetry '*****************************!'")).toEqual([]);
    expect(await place.ask("SHOW TABLES IN acme_telemetry 'other|S*EVENTS'")).toEqual([['streaming_events']]);
    expect(await place.ask('SHOW COLUMNS IN parted')).toEqual([['n'], ['date']]);
    expect(await place.ask('SHOW PARTITIONS parted')).toEqual([['date=2026-11-21']]);
    expect((await place.ask('DESCRIBE parted'))?.[0]?.map((cell) => cell?.trim())).toEqual(['n', 'int', '']);
    expect((await place.ask('EXPLAIN SELECT * FROM parted'))?.flat().join('\n')).toContain('READ_JSON');
  });
});
