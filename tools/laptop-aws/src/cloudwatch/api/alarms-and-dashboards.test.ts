import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
} from '@aws-sdk/client-cloudwatch';
import { AlarmDefinition } from '../alarms/definition.ts';
import { clicks, time, servedCloudWatch } from './served-cloudwatch.fixture.ts';

let cw: Awaited<ReturnType<typeof servedCloudWatch>>;
beforeEach(async () => {
  cw = await servedCloudWatch();
});
afterEach(() => cw.close());

describe('alarms and dashboards', () => {
  const definition = AlarmDefinition.parse({
    ...{ Namespace: clicks.namespace, MetricName: clicks.name, Dimensions: clicks.dimensions, Statistic: 'Sum' },
    ...{ Period: 300, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'LessThanThreshold' },
    ...{ TreatMissingData: 'notBreaching', AlarmDescription: 'Nobody clicks.' },
  });

  it('describe alarms by name, prefix, state and metric', async () => {
    for (const name of ['Clicks', 'ClicksToo']) cw.cloudWatch.alarms.define(name, definition);
    await cw.cloudWatch.look();
    const names = async (asked: object) =>
      (await cw.client.send(new DescribeAlarmsCommand(asked))).MetricAlarms?.map(({ AlarmName }) => AlarmName);
    expect(await names({})).toEqual(['Clicks', 'ClicksToo']);
    expect(await names({ AlarmNamePrefix: 'ClicksT' })).toEqual(['ClicksToo']);
    expect(await names({ StateValue: 'ALARM' })).toEqual([]);
    expect(await names({ MaxRecords: 1 })).toEqual(['Clicks']);
    const { MetricAlarms } = await cw.client.send(new DescribeAlarmsCommand({ AlarmNames: ['Clicks'] }));
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
      (await cw.client.send(new DescribeAlarmsForMetricCommand(asked))).MetricAlarms?.length;
    expect(await forMetric(of)).toBe(2);
    expect(await forMetric({ ...of, Dimensions: [] })).toBe(0);
  });

  it('list dashboards and give their bodies', async () => {
    cw.cloudWatch.dashboards.define('acme-real-time-analytics', '{"widgets":[]}');
    cw.cloudWatch.dashboards.define('other', '{}');
    const list = async (asked: object) => (await cw.client.send(new ListDashboardsCommand(asked))).DashboardEntries;
    expect(await list({ DashboardNamePrefix: 'acme' })).toEqual([
      {
        ...{ DashboardName: 'acme-real-time-analytics', Size: 14, LastModified: time(30) },
        DashboardArn: 'arn:aws:cloudwatch::000000000000:dashboard/acme-real-time-analytics',
      },
    ]);
    expect(await list({})).toHaveLength(2);
    expect(await cw.client.send(new GetDashboardCommand({ DashboardName: 'other' }))).toMatchObject({
      ...{ DashboardName: 'other', DashboardBody: '{}' },
    });
    await expect(cw.client.send(new GetDashboardCommand({ DashboardName: 'gone' }))).rejects.toMatchObject({
      ...{ message: 'Dashboard does not exist', $metadata: { httpStatusCode: 404 } },
    });
  });
});
