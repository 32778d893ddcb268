import { type AlarmDefinition, comparisons } from './definition.ts';
import type { AlarmState, Verdict } from './evaluate.ts';

const plural = (times: number, word: string): string => `${times} ${word}${times === 1 ? '' : 's'}`;

/** Why an alarm is in its state, in CloudWatch's words. */
export const stateReason = (alarm: AlarmDefinition, before: AlarmState, { state, real, filled }: Verdict): string => {
  const {
    EvaluationPeriods,
    DatapointsToAlarm = EvaluationPeriods,
    Threshold,
    ComparisonOperator,
    TreatMissingData,
  } = alarm;
  if (state === 'INSUFFICIENT_DATA') {
    return `Insufficient Data: ${plural(EvaluationPeriods, 'datapoint')} ${EvaluationPeriods === 1 ? 'was' : 'were'} unknown.`;
  }
  const treated = TreatMissingData === 'breaching' ? 'Breaching' : 'NonBreaching';
  if (real.length === 0) {
    const missing = `${plural(filled, 'missing datapoint')} ${filled === 1 ? 'was' : 'were'} treated as [${treated}]`;
    return `Threshold Crossed: no datapoints were received for ${plural(filled, 'period')} and ${missing}.`;
  }
  const { says, isBreaching } = comparisons[ComparisonOperator];
  const wanted = real.filter(({ value }) => isBreaching(value, Threshold) === (state === 'ALARM'));
  const shown = (wanted.length > 0 ? wanted : real).slice(0, 5);
  const values = shown.map(({ value, atMs }) => `${decimal(value)} (${date(atMs)})`).join(', ');
  const [was, not] = [shown.length === 1 ? 'was' : 'were', state === 'ALARM' ? '' : 'not '];
  const counted = wanted.length > 0 ? wanted.length : real.length;
  const transition =
    state === before
      ? ''
      : ` (minimum ${plural(state === 'ALARM' ? DatapointsToAlarm : EvaluationPeriods - DatapointsToAlarm + 1, 'datapoint')} for ${before} -> ${state} transition)`;
  return `Threshold Crossed: ${counted} out of the last ${plural(real.length, 'datapoint')} [${values}] ${was} ${not}${says} the threshold (${decimal(Threshold)})${transition}.`;
};

const decimal = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));

/** As CloudWatch writes it here: 21/11/26 17:05:00. */
const date = (atMs: number): string => {
  const [day = '', time = ''] = new Date(atMs).toISOString().split('T');
  const [year = '', month, dayOfMonth] = day.split('-');
  return `${dayOfMonth}/${month}/${year.slice(2)} ${time.slice(0, 8)}`;
};
