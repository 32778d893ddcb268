import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GetMetricStatisticsCommand, type GetMetricStatisticsCommandInput } from '@aws-sdk/client-cloudwatch';
import { time, servedCloudWatch } from './served-cloudwatch.fixture.ts';

let cw: Awaited<ReturnType<typeof servedCloudWatch>>;
beforeEach(async () => {
  cw = await servedCloudWatch();
});
afterEach(() => cw.close());

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
    const { Label, Datapoints } = await cw.client.send(new GetMetricStatisticsCommand({ ...asked, ...more }));
    return { Label, Datapoints };
  };

  it('gives every statistic asked for, per period, oldest first', async () => {
    cw.click();
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
    cw.click();
    const StartTime = new Date(time(2).getTime() + 59_000);
    expect(await statistics({ StartTime, EndTime: time(8) })).toEqual({
      Label: 'EventsProcessed',
      Datapoints: [
        { Timestamp: time(2), Unit: 'Count', Sum: 2 + 3 + 4 + 5 + 6 },
        { Timestamp: time(7), Unit: 'Count', Sum: 7 },
      ],
    });
  });

  it('has nothing to say of another time, unit, or set of dimensions', async () => {
    cw.click();
    const nothing = { Label: 'EventsProcessed', Datapoints: [] };
    expect(
      await statistics({ StartTime: new Date('2024-01-01T00:00:00Z'), EndTime: new Date('2024-01-01T01:00:00Z') }),
    ).toEqual(nothing);
    expect(await statistics({ Unit: 'Seconds' })).toEqual(nothing);
    expect(await statistics({ Dimensions: [] })).toEqual(nothing);
  });

  it.each<[string, string, unknown, Partial<GetMetricStatisticsCommandInput>]>([
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
      expect.stringMatching(/^The parameter Statistics.member.1 .*"Sum"/),
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
      expect.stringMatching(/^You have requested up to 1,450 datapoints, which exceeds the limit of 1,440\./),
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
    const answer = await fetch(cw.settings.endpoint, { method: 'POST', body: form });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(`<Code>${code}</Code>`);
  });
});
