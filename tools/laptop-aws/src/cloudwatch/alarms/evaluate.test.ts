import { describe, expect, it } from '@jest/globals';
import { AlarmDefinition, missingTreatments } from './definition.ts';
import { evaluate } from './evaluate.ts';

const alarm = (DatapointsToAlarm: number, TreatMissingData: string) =>
  AlarmDefinition.parse({
    Namespace: 'Shop',
    MetricName: 'Errors',
    Statistic: 'Sum',
    Period: 60,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    EvaluationPeriods: 3,
    DatapointsToAlarm,
    TreatMissingData,
  });

/** As the documentation draws them: 0 is fine, X breaching, - missing. */
const range = (drawn: string) =>
  [...drawn].map((each, atMs) => ({ atMs, value: each === '-' ? undefined : each === 'X' ? 1 : 0 }));

const states = (drawn: string, datapoints: number) =>
  missingTreatments.map((treatment) => evaluate(alarm(datapoints, treatment), range(drawn))?.state ?? 'as before');

// The tables of "Configuring how CloudWatch alarms treat missing data": missing, ignore, breaching, notBreaching.
describe('an alarm of 3 out of 3 datapoints', () => {
  it.each([
    ['0-X-X', ['OK', 'OK', 'OK', 'OK']],
    ['0----', ['OK', 'OK', 'OK', 'OK']],
    ['-----', ['INSUFFICIENT_DATA', 'as before', 'ALARM', 'OK']],
    ['0XX-X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['--X--', ['ALARM', 'as before', 'ALARM', 'OK']],
  ])('%s is %j', (drawn, expected) => expect(states(drawn, 3)).toEqual(expected));
});

describe('an alarm of 2 out of 3 datapoints', () => {
  it.each([
    ['0-X-X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['00X0X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0-X--', ['OK', 'OK', 'ALARM', 'OK']],
    ['----0', ['OK', 'OK', 'ALARM', 'OK']],
    ['---X-', ['ALARM', 'as before', 'ALARM', 'OK']],
  ])('%s is %j', (drawn, expected) => expect(states(drawn, 2)).toEqual(expected));
});
