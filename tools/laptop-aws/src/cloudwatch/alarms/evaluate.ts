import { type AlarmDefinition, comparisons } from './definition.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** One period of an alarm; without a value nothing was measured in it. */
export interface Datapoint {
  readonly atMs: number;
  readonly value: number | undefined;
}

/** Periods looked at besides the evaluation periods: AWS looks further back, too, and does not say how far. */
export const extraPeriods = 2;

export interface Verdict {
  readonly state: AlarmState;
  /** The datapoints that it is based on, newest first; empty when there were none. */
  readonly real: readonly (Datapoint & { readonly value: number })[];
  /** Periods that had to be taken as the alarm treats missing data. */
  readonly filled: number;
  readonly breaching: number;
}

/**
 * The state of an alarm by the rules of "Configuring how CloudWatch alarms treat missing data"
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html): of the evaluation range
 * the newest real datapoints count; only where there are too few, the rest is filled.
 *
 * @param range the newest last: the evaluation periods and `extraPeriods` before them
 * @returns undefined when the state stays as it is
 */
export const evaluate = (
  {
    EvaluationPeriods,
    DatapointsToAlarm = EvaluationPeriods,
    Threshold,
    ComparisonOperator,
    TreatMissingData,
  }: AlarmDefinition,
  range: readonly Datapoint[],
): Verdict | undefined => {
  const { isBreaching } = comparisons[ComparisonOperator];
  const real = range
    .filter((point): point is Verdict['real'][number] => point.value !== undefined)
    .reverse()
    .slice(0, EvaluationPeriods);
  const filled = EvaluationPeriods - real.length;
  const breaching = real.filter(({ value }) => isBreaching(value, Threshold)).length;
  const verdict = (state: AlarmState): Verdict => ({ state, real, filled, breaching });
  const isPremature = filled > 0 && breaching === real.length && breaching < DatapointsToAlarm;
  if (breaching >= DatapointsToAlarm) return verdict('ALARM');
  switch (TreatMissingData) {
    case 'breaching':
      return verdict(breaching + filled >= DatapointsToAlarm ? 'ALARM' : 'OK');
    case 'notBreaching':
      return verdict('OK');
    case 'ignore':
      return isPremature ? undefined : verdict('OK');
    case 'missing':
      if (real.length === 0) return verdict('INSUFFICIENT_DATA');
      return verdict(isPremature ? 'ALARM' : 'OK');
  }
};
