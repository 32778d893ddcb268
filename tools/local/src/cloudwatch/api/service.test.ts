import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  GetDashboardCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  type GetMetricStatisticsCommandInput,
  ListDashboardsCommand,
  ListMetricsCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import { servedAlone } from '../../aws/served-alone.ts';
import { AlarmDefinition } from '../alarms/definition.ts';
import { type CloudWatch, openCloudWatch } from '../cloudwatch.ts';
import { metric } from '../store/metric.ts';

const noon = Date.UTC(2026, 10, 21, 12);
const minute = 60_000;
const time = (minutes: number): Date => new Date(noon + minutes * minute);
const clicks = metric('RealTimeAnalytics', 'EventsProcessed', 'EventType', 'click');

let cloudWatch: CloudWatch;
let served: Awaited<ReturnType<typeof servedAlone>>;
let client: CloudWatchClient;

beforeEach(async () => {
  const none = (): void => undefined;
  cloudWatch = openCloudWatch({ now: () => noon + 30 * minute, log: none, report: none, publish: async () => none() });
  served = await servedAlone(cloudWatch.service);
  client = new CloudWatchClient(served.client);
});
afterEach(async () => {
  client.destroy();
  await served.close();
});

/** Clicks of 12:00 to 12:09, as many as the minute. */
const click = (): void => {
  for (let at = 9; at >= 0; at--)
    cloudWatch.metrics.add(clicks, [at], { unit: 'Count', atMs: noon + at * minute + 30_000 });
};

describe('get-metric-statistics', () => {
  const asked: GetMetricStatisticsCommandInput = {
    Namespace: 'RealTimeAnalytics',
    MetricName: 'EventsProcessed',
    Dimensions: [{ Name: 'EventType', Value: 'click' }],
    StartTime: time(0),
    EndTime: time(10),
    Period: 300,
    Statistics: ['Sum'],
  };
  const statistics = async (more: Partial<GetMetricStatisticsCommandInput> = {}) => {
    const { Label, Datapoints } = await client.send(new GetMetricStatisticsCommand({ ...asked, ...more }));
    return { Label, Datapoints };
  };

  it('gives every statistic asked for, per period, oldest first', async () => {
    click();
    expect(
      await statistics({
        Statistics: ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'],
        ExtendedStatistics: ['p50', 'p100'],
      }),
    ).toEqual({
      Label: 'EventsProcessed',
      Datapoints: [
        {
          ...{ Timestamp: time(0), Unit: 'Count', SampleCount: 5, Average: 2, Sum: 10, Minimum: 0, Maximum: 4 },
          ExtendedStatistics: { p50: 2, p100: 4 },
        },
        {
          ...{ Timestamp: time(5), Unit: 'Count', SampleCount: 5, Average: 7, Sum: 35, Minimum: 5, Maximum: 9 },
          ExtendedStatistics: { p50: 7, p100: 9 },
        },
      ],
    });
  });

  it('begins its periods at the start time, rounded down to the minute, and ends before the end time', async () => {
    click();
    const StartTime = new Date(noon + 2 * minute + 59_000);
    expect(await statistics({ StartTime, EndTime: time(8) })).toEqual({
      Label: 'EventsProcessed',
      Datapoints: [
        { Timestamp: time(2), Unit: 'Count', Sum: 2 + 3 + 4 + 5 + 6 },
        { Timestamp: time(7), Unit: 'Count', Sum: 7 },
      ],
    });
  });

  it('has nothing to say of another time, unit, or set of dimensions', async () => {
    click();
    const nothing = { Label: 'EventsProcessed', Datapoints: [] };
    expect(
      await statistics({ StartTime: new Date('2024-01-01T00:00:00Z'), EndTime: new Date('2024-01-01T01:00:00Z') }),
    ).toEqual(nothing);
    expect(await statistics({ Unit: 'Seconds' })).toEqual(nothing);
    expect(await statistics({ Dimensions: [] })).toEqual(nothing);
  });

  it.each<[string, string, string, Partial<GetMetricStatisticsCommandInput>]>([
    ['a namespace is missing', 'MissingParameter', 'The parameter Namespace is required.', { Namespace: undefined }],
    [
      'the period is no multiple of 60',
      'InvalidParameterValue',
      'The parameter Period has to be 1, 5, 10, 20, 30, or a multiple of 60.',
      { Period: 90 },
    ],
    [
      'the start is after the end',
      'InvalidParameterValue',
      'The parameter StartTime must be less than the parameter EndTime.',
      { StartTime: time(11) },
    ],
    [
      'the start is the end',
      'InvalidParameterValue',
      'The parameter StartTime must not equal parameter EndTime.',
      { StartTime: time(10) },
    ],
    [
      'a statistic is unknown',
      'InvalidParameterValue',
      expect.stringMatching(/^The parameter Statistics.member.1 .*"Sum"/) as never,
      { Statistics: ['Median' as 'Sum'] },
    ],
    [
      'there is no statistic',
      'InvalidParameterCombination',
      'One of the parameters Statistics and ExtendedStatistics is required.',
      { Statistics: undefined },
    ],
    [
      'it asks for too much',
      'InvalidParameterCombination',
      expect.stringMatching(/^You have requested up to 1,450 datapoints, which exceeds the limit of 1,440\./) as never,
      { Period: 60, StartTime: time(-1440) },
    ],
  ])('refuses as AWS does when %s', async (_, code, message, more) => {
    const shape = { MissingParameter: 'MissingRequiredParameterException' }[code] ?? `${code}Exception`;
    const refusal = await statistics(more).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: shape, message, $metadata: { httpStatusCode: 400 } });

    const form = new URLSearchParams({ Action: 'GetMetricStatistics', Version: '2010-08-01' });
    const { Dimensions: _dimensions, Statistics = [], ...plain } = { ...asked, ...more };
    for (const [name, value] of Object.entries(plain))
      if (value !== undefined) form.set(name, value instanceof Date ? value.toISOString() : String(value));
    Statistics.forEach((statistic, index) => form.set(`Statistics.member.${index + 1}`, statistic));
    const answer = await fetch(served.client.endpoint, { method: 'POST', body: form });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(`<Code>${code}</Code>`);
  });
});

describe('other clients', () => {
  it('are answered in CBOR when they ask so, as the API’s model prefers it', async () => {
    click();
    const protocol = SmithyRpcV2CborProtocol;
    const protocolSettings = {
      defaultNamespace: 'com.amazonaws.cloudwatch',
      serviceTarget: 'GraniteServiceVersion20100801',
    };
    const other = new CloudWatchClient({ ...served.client, protocol, protocolSettings });
    const asked = {
      ...{ Namespace: 'RealTimeAnalytics', MetricName: 'EventsProcessed', Dimensions: [...clicks.dimensions] },
      ...{ StartTime: time(0), EndTime: time(10), Period: 600, Statistics: ['Average' as const] },
    };
    expect(await other.send(new GetMetricStatisticsCommand(asked))).toMatchObject({
      ...{ Label: 'EventsProcessed', Datapoints: [{ Timestamp: time(0), Average: 4.5, Unit: 'Count' }] },
    });
    await expect(other.send(new GetMetricStatisticsCommand({ ...asked, Period: 7 }))).rejects.toMatchObject({
      ...{ name: 'InvalidParameterValueException', $metadata: { httpStatusCode: 400 } },
    });
    other.destroy();
  });

  it('are answered in XML when they ask with a form, as older CLIs do', async () => {
    click();
    const form = {
      ...{ Action: 'GetMetricStatistics', Namespace: 'RealTimeAnalytics', MetricName: 'EventsProcessed' },
      ...{ StartTime: time(0).toISOString(), EndTime: time(10).toISOString(), Period: '600' },
      ...{ 'Statistics.member.1': 'Sum', 'ExtendedStatistics.member.1': 'p100' },
      ...{ 'Dimensions.member.1.Name': 'EventType', 'Dimensions.member.1.Value': 'click' },
    };
    const answer = await fetch(served.client.endpoint, { method: 'POST', body: new URLSearchParams(form) });
    expect((await answer.text()).replace(/<RequestId>.*<\/RequestId>/, '')).toBe(
      '<GetMetricStatisticsResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><GetMetricStatisticsResult>' +
        '<Label>EventsProcessed</Label><Datapoints><member><Timestamp>2026-11-21T12:00:00.000Z</Timestamp><Sum>45</Sum>' +
        '<Unit>Count</Unit><ExtendedStatistics><entry><key>p100</key><value>9</value></entry></ExtendedStatistics>' +
        '</member></Datapoints></GetMetricStatisticsResult><ResponseMetadata></ResponseMetadata></GetMetricStatisticsResponse>',
    );
  });

  it('are answered in JSON when they ask so, as AWS CLI 1 does', async () => {
    click();
    const headers = { 'x-amz-target': 'GraniteServiceVersion20100801.GetMetricStatistics' };
    const body = JSON.stringify({
      ...{ Namespace: 'RealTimeAnalytics', MetricName: 'EventsProcessed', Period: 600, Statistics: ['Sum'] },
      ...{ Dimensions: [{ Name: 'EventType', Value: 'click' }], StartTime: noon / 1000, EndTime: noon / 1000 + 600 },
    });
    const answer = await fetch(served.client.endpoint, { method: 'POST', headers, body });
    expect(await answer.json()).toEqual({
      Label: 'EventsProcessed',
      Datapoints: [{ Timestamp: noon / 1000, Sum: 45, Unit: 'Count' }],
    });
  });

  it('are told what there is when they ask for something else, or send what cannot be read', async () => {
    const post = async (headers: Record<string, string>, body: string) => {
      const answer = await fetch(served.client.endpoint, { method: 'POST', headers, body });
      return [answer.status, answer.headers.get('x-amzn-query-error')];
    };
    expect(await post({}, 'Action=DeleteAlarms')).toEqual([400, 'InvalidAction;Sender']);
    expect(await post({ 'x-amz-target': 'X.ListMetrics' }, '{')).toEqual([400, 'SerializationException;Sender']);
    expect(await post({ 'smithy-protocol': 'rpc-v2-cbor' }, '\xff')).toEqual([400, 'SerializationException;Sender']);
    expect(await post({ 'content-encoding': 'gzip' }, 'no gzip')).toEqual([400, 'SerializationException;Sender']);
  });
});

describe('get-metric-data', () => {
  it('answers queries and the metric math of the alarms, newest first', async () => {
    click();
    const stat = (Stat: string) => ({
      Metric: { Namespace: clicks.namespace, MetricName: clicks.name, Dimensions: [...clicks.dimensions] },
      ...{ Period: 300, Stat },
    });
    const { MetricDataResults } = await client.send(
      new GetMetricDataCommand({
        ...{ StartTime: time(0), EndTime: time(15) },
        MetricDataQueries: [
          { Id: 'sum', MetricStat: stat('Sum') },
          { Id: 'most', MetricStat: stat('p100'), ReturnData: false },
          { Id: 'both', Expression: 'FILL(sum, 0) + FILL(most, 0)', Label: 'Both' },
        ],
      }),
    );
    expect(MetricDataResults).toEqual([
      { Id: 'sum', Label: 'EventsProcessed', StatusCode: 'Complete', Timestamps: [time(5), time(0)], Values: [35, 10] },
      { Id: 'both', Label: 'Both', StatusCode: 'Complete', Timestamps: [time(5), time(0)], Values: [44, 14] },
    ]);
  });

  it('refuses metric math that is not here', async () => {
    const query = { Id: 'e', Expression: "SEARCH('{AWS/Lambda}', 'Sum')" };
    const asked = new GetMetricDataCommand({ StartTime: time(0), EndTime: time(5), MetricDataQueries: [query] });
    await expect(client.send(asked)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'metric math SEARCH is not here.',
    });
  });
});

describe('put-metric-data and list-metrics', () => {
  it('keep values, values with counts and statistic sets', async () => {
    const MetricData = [
      { MetricName: 'Depth', Value: 2.5, Unit: 'Count' as const },
      { MetricName: 'Depth', Values: [1, 2], Counts: [3, 1], Unit: 'Count' as const },
      {
        MetricName: 'Wait',
        Timestamp: time(10),
        Dimensions: [{ Name: 'Queue', Value: 'a' }],
        StatisticValues: { SampleCount: 2, Sum: 5, Minimum: 1, Maximum: 4 },
      },
    ];
    await client.send(new PutMetricDataCommand({ Namespace: 'Jobs', MetricData }));
    const window = [noon, noon + 60 * minute] as const;
    expect(cloudWatch.metrics.find(metric('Jobs', 'Depth'))?.over(...window)).toMatchObject({ count: 5, sum: 7.5 });
    expect(cloudWatch.metrics.find(metric('Jobs', 'Wait', 'Queue', 'a'))?.over(...window)).toMatchObject({
      ...{ count: 2, sum: 5, min: 1, max: 4 },
    });
  });

  it('take what SDKs compress', async () => {
    const MetricData = Array.from({ length: 200 }, (_, n) => ({
      ...{ MetricName: 'Depth', Value: n, Dimensions: [{ Name: 'Queue', Value: `a queue with a long name ${n % 2}` }] },
    }));
    await client.send(new PutMetricDataCommand({ Namespace: 'Jobs', MetricData }));
    expect(cloudWatch.metrics.list().map(({ metric: { dimensions } }) => dimensions[0]?.Value)).toEqual([
      'a queue with a long name 0',
      'a queue with a long name 1',
    ]);
  });

  it('refuse a whole call of which one datum is wrong', async () => {
    const MetricData = [
      { MetricName: 'Depth', Value: 1 },
      { MetricName: 'Depth', Values: [1, 2], Counts: [1] },
    ];
    await expect(client.send(new PutMetricDataCommand({ Namespace: 'Jobs', MetricData }))).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'The parameters MetricData.member.2.Values and MetricData.member.2.Counts must have the same length.',
    });
    await expect(
      client.send(
        new PutMetricDataCommand({ Namespace: 'AWS/Lambda', MetricData: [{ MetricName: 'Errors', Value: 1 }] }),
      ),
    ).rejects.toMatchObject({ message: 'The parameter Namespace may not begin with AWS/.' });
    expect(cloudWatch.metrics.list()).toEqual([]);
  });

  it('list metrics by namespace, name and dimensions, page by page', async () => {
    click();
    for (let n = 0; n < 501; n++) cloudWatch.metrics.add(metric('Many', 'Size', 'Customer', String(n)), [1]);
    const list = async (asked: object) => (await client.send(new ListMetricsCommand(asked))).Metrics;
    const ours = [
      {
        Namespace: 'RealTimeAnalytics',
        MetricName: 'EventsProcessed',
        Dimensions: [{ Name: 'EventType', Value: 'click' }],
      },
    ];
    expect(await list({ Namespace: 'RealTimeAnalytics' })).toEqual(ours);
    expect(await list({ MetricName: 'EventsProcessed', Dimensions: [{ Name: 'EventType' }] })).toEqual(ours);
    expect(await list({ Dimensions: [{ Name: 'EventType', Value: 'error' }] })).toEqual([]);
    const first = await client.send(new ListMetricsCommand({ Namespace: 'Many' }));
    const second = await client.send(new ListMetricsCommand({ Namespace: 'Many', NextToken: first.NextToken }));
    expect([first.Metrics?.length, second.Metrics?.length, second.NextToken]).toEqual([500, 1, undefined]);
  });
});

describe('alarms and dashboards', () => {
  const definition = AlarmDefinition.parse({
    ...{ Namespace: clicks.namespace, MetricName: clicks.name, Dimensions: clicks.dimensions, Statistic: 'Sum' },
    ...{ Period: 300, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'LessThanThreshold' },
    ...{ TreatMissingData: 'notBreaching', AlarmDescription: 'Nobody clicks.' },
  });

  it('describe alarms by name, prefix, state and metric', async () => {
    for (const name of ['Clicks', 'ClicksToo']) cloudWatch.alarms.define(name, definition);
    await cloudWatch.look();
    const names = async (asked: object) =>
      (await client.send(new DescribeAlarmsCommand(asked))).MetricAlarms?.map(({ AlarmName }) => AlarmName);
    expect(await names({})).toEqual(['Clicks', 'ClicksToo']);
    expect(await names({ AlarmNamePrefix: 'ClicksT' })).toEqual(['ClicksToo']);
    expect(await names({ StateValue: 'ALARM' })).toEqual([]);
    expect(await names({ MaxRecords: 1 })).toEqual(['Clicks']);
    const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({ AlarmNames: ['Clicks'] }));
    expect(MetricAlarms).toEqual([
      {
        ...{ AlarmName: 'Clicks', AlarmArn: 'arn:aws:cloudwatch:us-west-2:000000000000:alarm:Clicks' },
        ...{ AlarmDescription: 'Nobody clicks.', ActionsEnabled: true, TreatMissingData: 'notBreaching' },
        ...{ OKActions: [], AlarmActions: [], InsufficientDataActions: [] },
        ...{ Namespace: 'RealTimeAnalytics', MetricName: 'EventsProcessed', Statistic: 'Sum', Period: 300 },
        ...{ Dimensions: [...clicks.dimensions], EvaluationPeriods: 1, Threshold: 1 },
        ...{ ComparisonOperator: 'LessThanThreshold', StateValue: 'OK' },
        StateReason:
          'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
        ...{ StateUpdatedTimestamp: time(30), StateTransitionedTimestamp: time(30) },
        AlarmConfigurationUpdatedTimestamp: time(30),
      },
    ]);
    const of = { Namespace: clicks.namespace, MetricName: clicks.name, Dimensions: [...clicks.dimensions] };
    const forMetric = async (asked: typeof of) =>
      (await client.send(new DescribeAlarmsForMetricCommand(asked))).MetricAlarms?.length;
    expect(await forMetric(of)).toBe(2);
    expect(await forMetric({ ...of, Dimensions: [] })).toBe(0);
  });

  it('list dashboards and give their bodies', async () => {
    cloudWatch.dashboards.define('acme-real-time-analytics', '{"widgets":[]}');
    cloudWatch.dashboards.define('other', '{}');
    const list = async (asked: object) => (await client.send(new ListDashboardsCommand(asked))).DashboardEntries;
    expect(await list({ DashboardNamePrefix: 'acme' })).toEqual([
      {
        ...{ DashboardName: 'acme-real-time-analytics', Size: 14, LastModified: time(30) },
        DashboardArn: 'arn:aws:cloudwatch::000000000000:dashboard/acme-real-time-analytics',
      },
    ]);
    expect(await list({})).toHaveLength(2);
    expect(await client.send(new GetDashboardCommand({ DashboardName: 'other' }))).toMatchObject({
      ...{ DashboardName: 'other', DashboardBody: '{}' },
    });
    await expect(client.send(new GetDashboardCommand({ DashboardName: 'gone' }))).rejects.toMatchObject({
      ...{ message: 'Dashboard does not exist', $metadata: { httpStatusCode: 404 } },
    });
  });
});
