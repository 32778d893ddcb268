import * as z from 'zod';
import { page } from '../../aws/page.ts';
import type { Alarm, Alarms } from '../alarms/alarms.ts';
import { Dimensions, Name } from '../math/queries.ts';
import { keyOf } from '../store/metric.ts';
import { failure } from './failure.ts';

const State = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);

export const AlarmsInput = z.object({
  AlarmNames: z.array(z.string()).max(100).optional(),
  AlarmNamePrefix: z.string().optional(),
  AlarmTypes: z.array(z.enum(['MetricAlarm', 'CompositeAlarm', 'LogAlarm'])).default(['MetricAlarm']),
  StateValue: State.optional(),
  ActionPrefix: z.string().optional(),
  ChildrenOfAlarmName: z.string().optional(),
  ParentsOfAlarmName: z.string().optional(),
  MaxRecords: z.coerce.number().int().min(1).max(100).default(50),
  NextToken: z.string().optional(),
});

/** DescribeAlarms; there are no composite alarms here. */
export const describeAlarms = (alarms: Alarms, input: z.output<typeof AlarmsInput>): object => {
  const {
    AlarmNames: names,
    AlarmNamePrefix: prefix = '',
    AlarmTypes,
    StateValue,
    ActionPrefix,
    MaxRecords,
    NextToken,
  } = input;
  if (names && prefix)
    throw failure('InvalidParameterCombinationException', 'AlarmNamePrefix and AlarmNames cannot both be specified.');
  const isOfComposite = (input.ChildrenOfAlarmName ?? input.ParentsOfAlarmName) !== undefined;
  const found = alarms
    .list()
    .filter(
      ({ name, state, definition }) =>
        AlarmTypes.includes('MetricAlarm') &&
        !isOfComposite &&
        (names?.includes(name) ?? name.startsWith(prefix)) &&
        (StateValue === undefined || state === StateValue) &&
        (ActionPrefix === undefined ||
          [...definition.OKActions, ...definition.AlarmActions, ...definition.InsufficientDataActions].some((action) =>
            action.startsWith(ActionPrefix),
          )),
    )
    .map(shown);
  return { ...page('MetricAlarms', found, MaxRecords, NextToken), CompositeAlarms: [] };
};

export const AlarmsForMetricInput = z.object({
  Namespace: Name,
  MetricName: Name,
  Dimensions,
  Statistic: z.string().optional(),
  ExtendedStatistic: z.string().optional(),
  Period: z.coerce.number().int().optional(),
  Unit: z.string().optional(),
});

/** DescribeAlarmsForMetric: alarms on exactly this metric, not those on expressions. */
export const describeAlarmsForMetric = (alarms: Alarms, asked: z.output<typeof AlarmsForMetricInput>): object => {
  const metricKey = (one: {
    Namespace?: string | undefined;
    MetricName?: string | undefined;
    Dimensions: z.output<typeof Dimensions>;
  }) => keyOf({ namespace: one.Namespace ?? '', name: one.MetricName ?? '', dimensions: one.Dimensions });
  const wanted = (['Statistic', 'ExtendedStatistic', 'Period', 'Unit'] as const).filter(
    (name) => asked[name] !== undefined,
  );
  const found = alarms
    .list()
    .filter(
      ({ definition }) =>
        metricKey(definition) === metricKey(asked) && wanted.every((name) => definition[name] === asked[name]),
    );
  return { MetricAlarms: found.map(shown) };
};

const shown = ({ name, arn, definition, createdMs, state, reason, stateMs, transitionedMs }: Alarm): object => {
  const { Tags: _, Dimensions: dimensions, Metrics, ...settings } = definition;
  return {
    ...settings,
    AlarmName: name,
    AlarmArn: arn,
    AlarmConfigurationUpdatedTimestamp: new Date(createdMs),
    ...(Metrics ? { Metrics, Dimensions: [] } : { Dimensions: dimensions }),
    StateValue: state,
    StateReason: reason,
    StateUpdatedTimestamp: new Date(stateMs),
    StateTransitionedTimestamp: new Date(transitionedMs),
  };
};
