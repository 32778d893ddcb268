import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GetMetricDataCommand, ListMetricsCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { metric } from '../store/metric.ts';
import { clicks, time, servedCloudWatch } from './served-cloudwatch.fixture.ts';

let cw: Awaited<ReturnType<typeof servedCloudWatch>>;
beforeEach(async () => {
  cw = await servedCloudWatch();
});
afterEach(() => cw.close());

describe('get-metric-data', () => {
  it('answers queries and the metric math of the alarms, newest first', async () => {
    cw.click();
    const stat = (Stat: string) => ({
      Metric: { Namespace: clicks.namespace, MetricName: clicks.name, Dimensions: [...clicks.dimensions] },
      ...{ Period: 300, Stat },
    });
    const { MetricDataResults } = await cw.client.send(
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
    await expect(cw.client.send(asked)).rejects.toMatchObject({
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
    await cw.client.send(new PutMetricDataCommand({ Namespace: 'Jobs', MetricData }));
    const window = [time(0).getTime(), time(60).getTime()] as const;
    expect(cw.cloudWatch.metrics.find(metric('Jobs', 'Depth'))?.over(...window)).toMatchObject({ count: 5, sum: 7.5 });
    expect(cw.cloudWatch.metrics.find(metric('Jobs', 'Wait', 'Queue', 'a'))?.over(...window)).toMatchObject({
      ...{ count: 2, sum: 5, min: 1, max: 4 },
    });
  });

  it('take what SDKs compress', async () => {
    const MetricData = Array.from({ length: 200 }, (_, n) => ({
      ...{ MetricName: 'Depth', Value: n, Dimensions: [{ Name: 'Queue', Value: `a queue with a long name ${n % 2}` }] },
    }));
    await cw.client.send(new PutMetricDataCommand({ Namespace: 'Jobs', MetricData }));
    expect(cw.cloudWatch.metrics.list().map(({ metric: { dimensions } }) => dimensions[0]?.Value)).toEqual([
      'a queue with a long name 0',
      'a queue with a long name 1',
    ]);
  });

  it('refuse a whole call of which one datum is wrong', async () => {
    const MetricData = [
      { MetricName: 'Depth', Value: 1 },
      { MetricName: 'Depth', Values: [1, 2], Counts: [1] },
    ];
    await expect(cw.client.send(new PutMetricDataCommand({ Namespace: 'Jobs', MetricData }))).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'The parameters MetricData.member.2.Values and MetricData.member.2.Counts must have the same length.',
    });
    await expect(
      cw.client.send(
        new PutMetricDataCommand({ Namespace: 'AWS/Lambda', MetricData: [{ MetricName: 'Errors', Value: 1 }] }),
      ),
    ).rejects.toMatchObject({ message: 'The parameter Namespace may not begin with AWS/.' });
    expect(cw.cloudWatch.metrics.list()).toEqual([]);
  });

  it('list metrics by namespace, name and dimensions, page by page', async () => {
    cw.click();
    for (let n = 0; n < 501; n++) cw.cloudWatch.metrics.add(metric('Many', 'Size', 'Customer', String(n)), [1]);
    const list = async (asked: object) => (await cw.client.send(new ListMetricsCommand(asked))).Metrics;
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
    const first = await cw.client.send(new ListMetricsCommand({ Namespace: 'Many' }));
    const second = await cw.client.send(new ListMetricsCommand({ Namespace: 'Many', NextToken: first.NextToken }));
    expect([first.Metrics?.length, second.Metrics?.length, second.NextToken]).toEqual([500, 1, undefined]);
  });
});
