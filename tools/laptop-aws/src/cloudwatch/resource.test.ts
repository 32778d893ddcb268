import { describe, expect, it } from '@jest/globals';
import type { ResourceKind } from '../assembly/resource-kind.ts';
import { openAlarms } from './alarms/alarms.ts';
import { openDashboards } from './dashboards.ts';
import { cloudWatchResources } from './resource.ts';
import { openMetrics } from './store/metrics.ts';

const now = (): number => Date.UTC(2026, 10, 21, 12);
const place = { stack: 'AcmeDataLakeStack', logicalId: 'Stale', generatedName: 'AcmeDataLakeStack-Stale-0123456789AB' };

const stacks = () => {
  const engine = {
    alarms: openAlarms(
      openMetrics(now, () => undefined),
      now,
    ),
    dashboards: openDashboards(now),
  };
  const kinds = cloudWatchResources(engine);
  const build = async (type: string, properties: object) => {
    const kind = kinds[type] as ResourceKind<unknown>;
    return kind.build(kind.properties.parse(properties), place);
  };
  return { ...engine, build };
};

const alarm = {
  ...{ Namespace: 'AWS/Lambda', MetricName: 'Errors', Statistic: 'Sum', Period: 300, EvaluationPeriods: 1 },
  ...{ Threshold: '1', ComparisonOperator: 'GreaterThanOrEqualToThreshold' },
};

describe('AWS::CloudWatch::Alarm', () => {
  it('becomes an alarm under its own or a generated name', async () => {
    const { alarms, build } = stacks();
    expect(await build('AWS::CloudWatch::Alarm', alarm)).toEqual({
      ref: place.generatedName,
      attributes: { Arn: `arn:aws:cloudwatch:us-west-2:000000000000:alarm:${place.generatedName}` },
      notHonoured: [],
    });
    await build('AWS::CloudWatch::Alarm', { ...alarm, AlarmName: 'Stale' });
    expect(alarms.list().map(({ name, state }) => [name, state])).toEqual([
      [place.generatedName, 'INSUFFICIENT_DATA'],
      ['Stale', 'INSUFFICIENT_DATA'],
    ]);
  });

  it('lists what does not act here', async () => {
    const { build } = stacks();
    const { Threshold, EvaluationPeriods, ComparisonOperator } = alarm;
    const Metrics = [{ Id: 'e', Expression: 'ANOMALY_DETECTION_BAND(m)' }];
    const AlarmActions = ['arn:aws:automate:us-west-2:ec2:stop', 'arn:aws:sns:us-west-2:000000000000:alarms'];
    expect(
      await build('AWS::CloudWatch::Alarm', {
        Threshold,
        EvaluationPeriods,
        ComparisonOperator,
        Metrics,
        AlarmActions,
      }),
    ).toMatchObject({
      notHonoured: ['Metrics: metric math ANOMALY_DETECTION_BAND is not here', 'actions other than SNS topics'],
    });
  });

  it.each([
    ['no metric', { MetricName: undefined }, 'needs either Metrics'],
    ['too many datapoints', { DatapointsToAlarm: 2 }, 'more than EvaluationPeriods'],
    ['a period of no whole minutes', { Period: 90 }, 'multiple of 60'],
    ['an anomaly detector', { ThresholdMetricId: 'ad1' }, 'ThresholdMetricId'],
  ])('refuses one of %s', async (_, change, problem) => {
    await expect(stacks().build('AWS::CloudWatch::Alarm', { ...alarm, ...change })).rejects.toThrow(problem);
  });
});

describe('AWS::CloudWatch::Dashboard', () => {
  it('is kept as the template has it', async () => {
    const { dashboards, build } = stacks();
    const DashboardBody = JSON.stringify({ widgets: [] });
    expect(await build('AWS::CloudWatch::Dashboard', { DashboardName: 'charts', DashboardBody })).toEqual({
      ref: 'charts',
    });
    expect(dashboards.find('charts')).toEqual({
      name: 'charts',
      arn: 'arn:aws:cloudwatch::000000000000:dashboard/charts',
      body: DashboardBody,
      modifiedMs: now(),
    });
  });

  it('has to be JSON', async () => {
    await expect(stacks().build('AWS::CloudWatch::Dashboard', { DashboardBody: '{' })).rejects.toThrow('JSON');
  });
});
