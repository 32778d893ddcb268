// AWS's own command line against the running platform, with nothing but what `npm run env` prints.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tables } from '@acme/telemetry-schema';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPlace, type Place } from './platform.fixture.ts';

const exec = promisify(execFile);
const bucket = 'acme-telemetry-data-000000000000-us-west-2';
const stream = ['--stream-name', 'acme-telemetry-stream'];
const functionLogs = ['--log-group-name', '/aws/lambda/acme-data-generator'];

describe('a stock aws command line', () => {
  let place: Place;
  let environment: NodeJS.ProcessEnv;
  beforeAll(async () => {
    place = await aPlace();
    await place.start('--rate', '0');
    const { stdout } = await place.run('tools/local/src/env/main.ts', '--aws-port', String(place.awsPort));
    const exported = [...stdout.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]);
    environment = { PATH: process.env['PATH'], HOME: place.dir, ...Object.fromEntries(exported) };
  });
  afterAll(() => place.close());

  /** What it prints; rejects with its words when it fails. */
  const aws = async (...args: readonly string[]): Promise<string> => {
    const cli = process.env['AWS_CLI'];
    if (!cli) throw new Error('AWS_CLI must be the path of an aws command: use npm run test:engines');
    const { stdout } = await exec(cli, args, { env: environment, cwd: place.dir });
    return stdout;
  };
  const json = async (...args: readonly string[]) => JSON.parse(await aws(...args, '--output', 'json'));

  it('knows who it is and what there is', async () => {
    expect(await json('sts', 'get-caller-identity')).toMatchObject({ Account: '000000000000' });
    expect(await json('kinesis', 'describe-stream-summary', ...stream)).toMatchObject({
      StreamDescriptionSummary: {
        StreamName: 'acme-telemetry-stream',
        StreamARN: 'arn:aws:kinesis:us-west-2:000000000000:stream/acme-telemetry-stream',
        StreamStatus: 'ACTIVE',
        StreamModeDetails: { StreamMode: 'ON_DEMAND' },
        RetentionPeriodHours: 24,
        EncryptionType: 'KMS',
      },
    });
    expect(
      await json('firehose', 'describe-delivery-stream', '--delivery-stream-name', 'acme-data-kinesis-to-s3'),
    ).toMatchObject({
      DeliveryStreamDescription: {
        DeliveryStreamStatus: 'ACTIVE',
        Destinations: [
          {
            ExtendedS3DestinationDescription: {
              BucketARN: `arn:aws:s3:::${bucket}`,
              Prefix: expect.stringMatching(/^telemetry\/year=/),
              CompressionFormat: 'GZIP',
            },
          },
        ],
      },
    });
    const glue = ['--database-name', 'acme_telemetry', '--name', 'streaming_events'];
    expect(await json('glue', 'get-table', ...glue)).toMatchObject({
      Table: { Name: 'streaming_events', StorageDescriptor: { Location: `s3://${bucket}/telemetry/` } },
    });
    expect((await json('dynamodb', 'list-tables')).TableNames).toContainEqual(expect.stringContaining('Connections'));
    expect((await json('secretsmanager', 'list-secrets')).SecretList).not.toEqual([]);
    expect(await json('ssm', 'get-parameter', '--name', '/acme/local/lake-loader/lake-bucket-name')).toMatchObject({
      Parameter: { Value: bucket },
    });
  });

  it('describes the stacks with the outputs that readers expect', async () => {
    const { Stacks } = (await json('cloudformation', 'describe-stacks')) as {
      Stacks: { StackName: string; StackStatus: string; Outputs?: { OutputKey: string; OutputValue: string }[] }[];
    };
    expect(Stacks.map(({ StackName }) => StackName)).toEqual(
      expect.arrayContaining([
        'AcmeKinesisStack',
        'AcmeProducerStack',
        'AcmeGeneratorStack',
        'AcmeDataLakeStack',
        'AcmeDashboardStack',
      ]),
    );
    const outputs = Stacks.flatMap(({ StackName, Outputs = [] }) =>
      Outputs.map((each) => [`${StackName}.${each.OutputKey}`, each.OutputValue]),
    );
    expect(Object.fromEntries(outputs)).toMatchObject({
      'AcmeDataLakeStack.DataBucketName': bucket,
      'AcmeDataLakeStack.GlueDatabaseName': 'acme_telemetry',
      'AcmeKinesisStack.StreamName': 'acme-telemetry-stream',
      'AcmeAnalyticsStack.StreamName': 'real-time-analytics-stream',
      'AcmeEnricherStack.StreamName': 'real-time-analytics-stream',
      'AcmeEnricherStack.FunctionName': 'acme-data-enricher',
      'AcmeEnricherStack.BucketName': bucket,
      'AcmeEnricherStack.TableName': 'enricher-customers',
      'AcmeDashboardStack.WebSocketApiEndpoint': expect.stringMatching(
        `^ws://127.0.0.1:${place.awsPort}/_ws/\\w+/prod$`,
      ),
    });
    await expect(aws('cloudformation', 'describe-stacks', '--stack-name', 'NoSuchStack')).rejects.toThrow(
      'does not exist',
    );
  });

  it('invokes the generator, and finds its log and its events in the lake', async () => {
    const since = Date.now();
    expect(await json('lambda', 'invoke', '--function-name', 'acme-data-generator', 'out.json')).toMatchObject({
      StatusCode: 200,
    });
    expect(JSON.parse(await readFile(join(place.dir, 'out.json'), 'utf8'))).toMatchObject({
      generated: 1000,
      accepted: 1000,
      rejected: 0,
    });

    const { logGroups } = await json('logs', 'describe-log-groups', '--log-group-name-prefix', '/aws/');
    expect(logGroups).toContainEqual(expect.objectContaining({ logGroupName: '/aws/lambda/acme-data-generator' }));
    const filter = ['logs', 'filter-log-events', ...functionLogs];
    const { events } = await json(...filter);
    expect(events.map(({ message }: { message: string }) => message).join('')).toContain('run:done');
    // As `logs tail` of version 2 asks, page after page.
    const first = await json(
      ...filter,
      '--start-time',
      String(since),
      '--interleaved',
      '--limit',
      '1',
      '--no-paginate',
    );
    expect([first.events.length, typeof first.nextToken]).toEqual([1, 'string']);
    const next = await json(...filter, '--start-time', String(since), '--next-token', first.nextToken, '--no-paginate');
    expect([...first.events, ...next.events]).toEqual(events);
    expect((await json(...filter, '--start-time', String(Date.now() + 60_000))).events).toEqual([]);

    let listed = '';
    while (!listed) listed = await aws('s3', 'ls', `s3://${bucket}/telemetry/`, '--recursive').catch(() => '');
    expect(listed).toMatch(
      / telemetry\/year=\d{4}\/month=\d\d\/day=\d\d\/hour=\d\d\/acme-data-kinesis-to-s3-\S+\.gz\n$/,
    );
    await aws('s3', 'cp', `s3://${bucket}/${listed.trim().split(/\s+/).at(-1)}`, 'object.gz');
    expect((await readFile(join(place.dir, 'object.gz'))).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  });

  it('puts a record and reads it back', async () => {
    const put = await json(...['kinesis', 'put-record', ...stream, '--partition-key', 'hand', '--data', 'put by hand']);
    const at = ['--shard-iterator-type', 'AT_SEQUENCE_NUMBER', '--starting-sequence-number', put.SequenceNumber];
    const iterator = ['kinesis', 'get-shard-iterator', ...stream, '--shard-id', put.ShardId, ...at];
    const { Records } = await json(
      ...['kinesis', 'get-records', '--shard-iterator', (await json(...iterator)).ShardIterator],
    );
    expect(Records[0]).toMatchObject({
      PartitionKey: 'hand',
      SequenceNumber: put.SequenceNumber,
      Data: Buffer.from('put by hand').toString('base64'),
    });
  });

  it('reads metrics, alarms and dashboards', async () => {
    const cloudWatch = async (...args: readonly string[]) => json('cloudwatch', ...args);
    const time = (offsetMs: number): string => new Date(Date.now() + offsetMs).toISOString();
    const statistics = async (namespace: string, name: string, dimension: string) =>
      cloudWatch(
        ...['get-metric-statistics', '--namespace', namespace, '--metric-name', name, '--dimensions', dimension],
        ...['--start-time', time(-3_600_000), '--end-time', time(60_000), '--period', '7200', '--statistics', 'Sum'],
      );
    expect(await statistics('AWS/Kinesis', 'IncomingRecords', 'Name=StreamName,Value=acme-telemetry-stream')).toEqual({
      Label: 'IncomingRecords',
      Datapoints: [{ Timestamp: expect.anything(), Sum: expect.any(Number), Unit: 'Count' }],
    });
    await aws('dynamodb', 'scan', '--table-name', 'analytics-results', '--max-items', '1');
    const capacity = 'Name=TableName,Value=analytics-results';
    expect(await statistics('AWS/DynamoDB', 'ConsumedReadCapacityUnits', capacity)).toEqual({
      Label: 'ConsumedReadCapacityUnits',
      Datapoints: [{ Timestamp: expect.anything(), Sum: expect.any(Number), Unit: 'Count' }],
    });
    const generator = 'Name=FunctionName,Value=acme-data-generator';
    expect(await cloudWatch('list-metrics', '--namespace', 'AWS/Lambda', '--dimensions', generator)).toMatchObject({
      Metrics: ['Duration', 'Errors', 'Invocations', 'Throttles'].map((MetricName) => ({ MetricName })),
    });
    const { MetricAlarms } = await cloudWatch('describe-alarms', '--alarm-name-prefix', 'AcmeGeneratorStack-');
    expect(MetricAlarms).toEqual([expect.objectContaining({ MetricName: 'Errors', TreatMissingData: 'notBreaching' })]);
    const { DashboardEntries } = await cloudWatch('list-dashboards');
    expect(DashboardEntries).toContainEqual(expect.objectContaining({ DashboardName: 'acme-real-time-analytics' }));
    await expect(aws('cloudwatch', 'get-dashboard', '--dashboard-name', 'none')).rejects.toThrow('(ResourceNotFound)');
  });

  it('asks Athena, and reads the result in pages and as an object', async () => {
    const group = ['--work-group', 'acme-telemetry'];
    const start = async (sql: string) =>
      (await json('athena', 'start-query-execution', ...group, '--query-string', sql)).QueryExecutionId as string;
    const ended = async (id: string) => {
      for (;;) {
        const { QueryExecution } = await json('athena', 'get-query-execution', '--query-execution-id', id);
        if (!['QUEUED', 'RUNNING'].includes(QueryExecution.Status.State)) return QueryExecution;
      }
    };
    const id = await start('SELECT x, x / 2 AS half FROM (VALUES (1), (5)) AS t(x) ORDER BY x DESC');
    const { Status, ResultConfiguration, Statistics } = await ended(id);

    expect([Status.State, Statistics.DataScannedInBytes]).toEqual(['SUCCEEDED', 0]);
    const results = ['athena', 'get-query-results', '--query-execution-id', id];
    const rows = (pages: { ResultSet: { Rows: { Data: { VarCharValue: string }[] }[] } }) =>
      pages.ResultSet.Rows.map(({ Data }) => Data.map(({ VarCharValue }) => VarCharValue));
    expect(rows(await json(...results))).toEqual([
      ['x', 'half'],
      ['5', '2'],
      ['1', '0'],
    ]);
    expect(rows(await json(...results, '--max-items', '1'))).toEqual([['x', 'half']]);
    await aws('s3', 'cp', ResultConfiguration.OutputLocation, 'result.csv');
    expect(await readFile(join(place.dir, 'result.csv'), 'utf8')).toBe('"x","half"\n"5","2"\n"1","0"\n');

    // As the references' commands have it.
    const repair = ['--query-string', 'MSCK REPAIR TABLE acme_telemetry.streaming_events'];
    const output = ['--result-configuration', `OutputLocation=s3://${bucket}/athena-results/`];
    const repaired = await json('athena', 'start-query-execution', ...repair, ...output);
    expect((await ended(repaired.QueryExecutionId)).Status.State).toBe('SUCCEEDED');

    expect((await ended(await start('SELECT nope FROM telemetry'))).Status.StateChangeReason).toContain(
      "COLUMN_NOT_FOUND: line 1:8: Column 'nope' cannot be resolved",
    );
    await expect(start('SELEC 1')).rejects.toThrow('InvalidRequestException');
    expect((await json('athena', 'list-named-queries', ...group)).NamedQueryIds).toHaveLength(9);
    const { TableList } = await json('glue', 'get-tables', '--database-name', 'acme_telemetry');
    expect(TableList.map(({ Name }: { Name: string }) => Name).sort()).toEqual(Object.keys(tables).sort());
    expect(
      await json('glue', 'get-partitions', '--database-name', 'acme_telemetry', '--table-name', 'streaming_events'),
    ).toHaveProperty('Partitions');
  });
});
