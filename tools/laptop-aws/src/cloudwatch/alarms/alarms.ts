import { arn } from '../../aws/identity.ts';
import { MetricMathError } from '../math/expression.ts';
import { evaluateQueries } from '../math/queries.ts';
import { spanOf } from '../math/points.ts';
import type { Metrics } from '../store/metrics.ts';
import { minuteMs } from '../store/series.ts';
import { type AlarmDefinition, periodOf, queriesOf } from './definition.ts';
import { type AlarmState, type Datapoint, evaluate, extraPeriods, type Verdict } from './evaluate.ts';
import { stateReason } from './state-reason.ts';

export interface Alarm {
  readonly name: string;
  readonly arn: string;
  readonly definition: AlarmDefinition;
  readonly createdMs: number;
  readonly state: AlarmState;
  readonly reason: string;
  /** When it was last evaluated to something else than before. */
  readonly stateMs: number;
  /** When it went from one state into another; of one that never did, when it was made. */
  readonly transitionedMs: number;
}

/** An alarm that went from one state into another. */
export interface Transition {
  readonly alarm: Alarm;
  readonly before: Pick<Alarm, 'state' | 'reason'>;
  /** ARNs that are to be told. */
  readonly actions: readonly string[];
}

export interface Alarms {
  /** Adds an alarm, or replaces the one of that name. */
  define(name: string, definition: AlarmDefinition): Alarm;
  /** By name. */
  list(): readonly Alarm[];
  /** Looks at every alarm as of the last full minute. @returns those whose state has changed */
  evaluate(): readonly Transition[];
}

/** @param now milliseconds since 1970 */
export const openAlarms = (metrics: Metrics, now: () => number): Alarms => {
  const alarms = new Map<string, Alarm>();

  const next = (alarm: Alarm): Alarm | undefined => {
    const found = stateOf(alarm);
    if (!found) return undefined;
    const { state, reason } = found;
    // As on AWS, a reason stays as long as the state does.
    if (state === alarm.state && alarm.reason !== unchecked) return undefined;
    const atMs = now();
    return {
      ...alarm,
      state,
      reason,
      stateMs: atMs,
      transitionedMs: state === alarm.state ? alarm.transitionedMs : atMs,
    };
  };

  const stateOf = ({ definition, state: before }: Alarm): Pick<Alarm, 'state' | 'reason'> | undefined => {
    try {
      const verdict = verdictOn(definition, metrics, now());
      return verdict && { state: verdict.state, reason: stateReason(definition, before, verdict) };
    } catch (error) {
      if (!(error instanceof MetricMathError)) throw error;
      return { state: 'INSUFFICIENT_DATA', reason: `Insufficient Data: ${error.message}.` };
    }
  };

  return {
    define(name, definition) {
      const atMs = now();
      const alarm: Alarm = {
        ...{ name, definition, arn: arn('cloudwatch', `alarm:${name}`) },
        ...{ createdMs: atMs, stateMs: atMs, transitionedMs: atMs },
        ...{ state: 'INSUFFICIENT_DATA', reason: unchecked },
      };
      alarms.set(name, alarm);
      return alarm;
    },
    list: () => [...alarms.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    evaluate: () =>
      [...alarms.values()].flatMap((before) => {
        const alarm = next(before);
        if (!alarm) return [];
        alarms.set(alarm.name, alarm);
        return alarm.state === before.state ? [] : [{ alarm, before, actions: actionsOf(alarm) }];
      }),
  };
};

/** CloudWatch's words for an alarm that it has not evaluated yet. */
const unchecked = 'Unchecked: Initial alarm creation';

const actionsOf = ({ state, definition }: Alarm): readonly string[] => {
  if (!definition.ActionsEnabled) return [];
  const { OKActions, AlarmActions, InsufficientDataActions } = definition;
  return { OK: OKActions, ALARM: AlarmActions, INSUFFICIENT_DATA: InsufficientDataActions }[state];
};

/**
 * The verdict as of the last full minute. Periods before the platform began to measure count as missing only where that
 * does no harm: nobody knows whether they would have been breaching.
 */
const verdictOn = (definition: AlarmDefinition, metrics: Metrics, nowMs: number): Verdict | undefined => {
  const periodMs = periodOf(definition) * 1000;
  const toMs = nowMs - (nowMs % minuteMs);
  const span = spanOf(toMs - (definition.EvaluationPeriods + extraPeriods) * periodMs, toMs, periodMs);
  const { queries, id } = queriesOf(definition);
  const points = evaluateQueries(metrics, queries, span).get(id);
  const range: Datapoint[] = span.times.map((atMs) => ({ atMs, value: points?.get(atMs) }));
  const verdict = evaluate(definition, range);
  if (verdict?.state !== 'ALARM') return verdict;
  const missing = range.filter(({ atMs, value }) => value === undefined && atMs >= metrics.sinceMs).length;
  const { EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods, TreatMissingData } = definition;
  const isGuess = TreatMissingData === 'breaching' && verdict.breaching + missing < DatapointsToAlarm;
  return isGuess ? undefined : verdict;
};
