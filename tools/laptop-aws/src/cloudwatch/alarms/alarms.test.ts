import { beforeEach, describe, expect, it } from '@jest/globals';
import { type CloudWatch, openCloudWatch } from '../cloudwatch.ts';
import { metric } from '../store/metric.ts';
import { AlarmDefinition } from './definition.ts';

const noon = Date.UTC(2026, 10, 21, 12);
const minute = 60_000;
const topic = 'arn:aws:sns:us-west-2:000000000000:alarms';
const errors = metric('AWS/Lambda', 'Errors', 'FunctionName', 'load');

const onErrors = {
  AlarmDescription: 'New events wait on the stream.',
  Namespace: 'AWS/Lambda',
  MetricName: 'Errors',
  Dimensions: [{ Name: 'FunctionName', Value: 'load' }],
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
};

describe('an alarm', () => {
  const clock = { ms: noon };
  let cloudWatch: CloudWatch;
  let published: { readonly topicArn: string; readonly message: Record<string, unknown> }[];
  let logged: string[];
  beforeEach(() => {
    clock.ms = noon;
    [published, logged] = [[], []];
    cloudWatch = openCloudWatch({
      now: () => clock.ms,
      log: (line) => logged.push(line),
      report: () => undefined,
      publish: async (topicArn, message) => {
        if (topicArn !== topic) throw new Error('there is no such topic');
        published.push({ topicArn, message: JSON.parse(message) as Record<string, unknown> });
      },
    });
  });

  const define = (more: object = {}): void =>
    void cloudWatch.alarms.define('LoadFailing', AlarmDefinition.parse({ ...onErrors, ...more }));
  const now = () => {
    const [alarm] = cloudWatch.alarms.list();
    return { state: alarm?.state, reason: alarm?.reason };
  };
  /** So many minutes later, after it was looked at. */
  const after = async (minutes: number) => {
    clock.ms += minutes * minute;
    await cloudWatch.look();
    return now();
  };

  it('begins without enough data, and goes through all its states with CloudWatch’s reasons', async () => {
    define();
    expect(now()).toEqual({ state: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation' });
    expect(await after(0)).toEqual({
      state: 'INSUFFICIENT_DATA',
      reason: 'Insufficient Data: 1 datapoint was unknown.',
    });
    cloudWatch.metrics.add(errors, [0, 0]);
    expect(await after(1)).toEqual({
      state: 'OK',
      reason:
        'Threshold Crossed: 1 out of the last 1 datapoint [0.0 (21/11/26 12:00:00)] was not greater than or equal to ' +
        'the threshold (1.0) (minimum 1 datapoint for INSUFFICIENT_DATA -> OK transition).',
    });
    cloudWatch.metrics.add(errors, [1, 0, 1]);
    expect(await after(1)).toEqual({
      state: 'ALARM',
      reason:
        'Threshold Crossed: 1 out of the last 1 datapoint [2.0 (21/11/26 12:01:00)] was greater than or equal to the ' +
        'threshold (1.0) (minimum 1 datapoint for OK -> ALARM transition).',
    });
    expect((await after(10)).state).toBe('INSUFFICIENT_DATA');
  });

  it('looks at full minutes only: a failure alarms when its minute is over', async () => {
    define({ TreatMissingData: 'notBreaching' });
    cloudWatch.metrics.add(errors, [1]);
    expect((await after(0.9)).state).toBe('OK');
    expect((await after(0.1)).state).toBe('ALARM');
  });

  it('adds up a period of several minutes, which slides on by a minute', async () => {
    define({ Period: 300, Threshold: 2, TreatMissingData: 'notBreaching' });
    cloudWatch.metrics.add(errors, [1]);
    clock.ms += 4 * minute;
    cloudWatch.metrics.add(errors, [1]);
    expect((await after(1)).state).toBe('ALARM');
    expect((await after(1)).state).toBe('OK');
  });

  it('wants as many breaching datapoints as it says, not more', async () => {
    define({ EvaluationPeriods: 3, DatapointsToAlarm: 2 });
    for (const value of [1, 0]) {
      cloudWatch.metrics.add(errors, [value]);
      await after(1);
    }
    expect(now().state).toBe('OK');
    cloudWatch.metrics.add(errors, [1]);
    expect(await after(1)).toEqual({
      state: 'ALARM',
      reason:
        'Threshold Crossed: 2 out of the last 3 datapoints [1.0 (21/11/26 12:02:00), 1.0 (21/11/26 12:00:00)] were ' +
        'greater than or equal to the threshold (1.0) (minimum 2 datapoints for OK -> ALARM transition).',
    });
  });

  it('treats missing data as it is told', async () => {
    const afterAnHour = async (TreatMissingData: string) => {
      define({ TreatMissingData });
      return after(60);
    };
    expect(await afterAnHour('notBreaching')).toEqual({
      state: 'OK',
      reason:
        'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
    });
    expect(await afterAnHour('breaching')).toEqual({
      state: 'ALARM',
      reason:
        'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [Breaching].',
    });
    expect(await afterAnHour('ignore')).toEqual({
      state: 'INSUFFICIENT_DATA',
      reason: 'Unchecked: Initial alarm creation',
    });
  });

  it('does not take the time before the platform started for missing data that breaches', async () => {
    define({ EvaluationPeriods: 3, TreatMissingData: 'breaching' });
    expect((await after(2)).state).toBe('INSUFFICIENT_DATA');
    expect((await after(1)).state).toBe('ALARM');
  });

  it('evaluates metric math', async () => {
    const metricOf = (Id: string, MetricName: string) => ({
      Id,
      ReturnData: false,
      MetricStat: {
        Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions: onErrors.Dimensions },
        Period: 60,
        Stat: 'Sum',
      },
    });
    const { Threshold, EvaluationPeriods } = onErrors;
    const definition = AlarmDefinition.parse({
      ...{ Threshold, EvaluationPeriods, ComparisonOperator: 'LessThanThreshold' },
      Metrics: [
        { Id: 'good', Expression: 'FILL(invocations, 0) - FILL(errors, 0)' },
        metricOf('invocations', 'Invocations'),
        metricOf('errors', 'Errors'),
      ],
    });
    cloudWatch.alarms.define('Stale', definition);
    cloudWatch.metrics.add({ ...errors, name: 'Invocations' }, [1, 1]);
    cloudWatch.metrics.add(errors, [1, 0]);
    expect((await after(1)).state).toBe('OK');
    cloudWatch.metrics.add({ ...errors, name: 'Invocations' }, [1]);
    cloudWatch.metrics.add(errors, [1]);
    expect((await after(1)).state).toBe('ALARM');
  });

  it('says which metric math is not here', async () => {
    const Metrics = [{ Id: 'e', Expression: 'ANOMALY_DETECTION_BAND(m)' }];
    const { Threshold, EvaluationPeriods, ComparisonOperator } = onErrors;
    const definition = AlarmDefinition.parse({ Threshold, EvaluationPeriods, ComparisonOperator, Metrics });
    cloudWatch.alarms.define('Odd', definition);
    expect(await after(1)).toEqual({
      state: 'INSUFFICIENT_DATA',
      reason: 'Insufficient Data: metric math ANOMALY_DETECTION_BAND is not here.',
    });
  });

  it('tells its SNS topics of each change, and goes on when one is not there', async () => {
    define({ AlarmActions: [`${topic}-gone`, topic], TreatMissingData: 'notBreaching' });
    await after(0);
    expect(published).toEqual([]); // OK has no actions
    cloudWatch.metrics.add(errors, [3]);
    const { reason } = await after(1);
    await after(0);
    expect(published).toEqual([
      {
        topicArn: topic,
        message: {
          AlarmName: 'LoadFailing',
          AlarmDescription: 'New events wait on the stream.',
          AWSAccountId: '000000000000',
          NewStateValue: 'ALARM',
          NewStateReason: reason,
          StateChangeTime: '2026-11-21T12:01:00.000+0000',
          Region: 'us-west-2',
          AlarmArn: 'arn:aws:cloudwatch:us-west-2:000000000000:alarm:LoadFailing',
          OldStateValue: 'OK',
          Trigger: {
            MetricName: 'Errors',
            Namespace: 'AWS/Lambda',
            Statistic: 'SUM',
            Dimensions: [{ name: 'FunctionName', value: 'load' }],
            Period: 60,
            EvaluationPeriods: 1,
            ComparisonOperator: 'GreaterThanOrEqualToThreshold',
            Threshold: 1,
            TreatMissingData: 'notBreaching',
          },
        },
      },
    ]);
    expect(logged.map((line) => line.split(' ')[0])).toEqual([
      'cloudwatch:alarm',
      'cloudwatch:alarm',
      'cloudwatch:action-failed',
    ]);
  });

  it('is quiet while its actions are switched off', async () => {
    define({ AlarmActions: [topic], ActionsEnabled: false });
    cloudWatch.metrics.add(errors, [3]);
    expect((await after(1)).state).toBe('ALARM');
    expect(published).toEqual([]);
  });
});
