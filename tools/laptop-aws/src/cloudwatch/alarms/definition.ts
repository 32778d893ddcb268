import * as z from 'zod';
import { Dimensions, MetricQuery, Name, Period } from '../math/queries.ts';
import { percentile, statistics } from '../store/statistic.ts';

const number = z.coerce.number();
const bool = z.stringbool().or(z.boolean());
const actions = z.array(z.string()).default([]);

/** Operator of a threshold, and how a state reason says it. */
export const comparisons = {
  GreaterThanOrEqualToThreshold: {
    says: 'greater than or equal to',
    isBreaching: (value: number, threshold: number) => value >= threshold,
  },
  GreaterThanThreshold: { says: 'greater than', isBreaching: (value: number, threshold: number) => value > threshold },
  LessThanThreshold: { says: 'less than', isBreaching: (value: number, threshold: number) => value < threshold },
  LessThanOrEqualToThreshold: {
    says: 'less than or equal to',
    isBreaching: (value: number, threshold: number) => value <= threshold,
  },
} as const;

export const missingTreatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html, without anomaly detection */
export const AlarmDefinition = z
  .strictObject({
    AlarmName: z.string().min(1).max(255).optional(),
    AlarmDescription: z.string().max(1024).optional(),
    ActionsEnabled: bool.default(true),
    OKActions: actions,
    AlarmActions: actions,
    InsufficientDataActions: actions,
    Namespace: Name.optional(),
    MetricName: Name.optional(),
    Dimensions,
    Statistic: z.enum(statistics).optional(),
    ExtendedStatistic: z.string().regex(percentile, 'only percentiles are on the laptop').optional(),
    Unit: z.string().optional(),
    Period: Period.optional(),
    Metrics: z.array(MetricQuery).max(20).optional(),
    EvaluationPeriods: number.int().min(1),
    DatapointsToAlarm: number.int().min(1).optional(),
    Threshold: number,
    ComparisonOperator: z.enum(Object.keys(comparisons) as (keyof typeof comparisons)[]),
    TreatMissingData: z.enum(missingTreatments).default('missing'),
    EvaluateLowSampleCountPercentile: z.string().optional(),
    Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
  })
  .refine(
    ({ MetricName, Namespace, Period: period, Statistic, ExtendedStatistic, Metrics }) =>
      Metrics
        ? Metrics.filter(({ ReturnData }) => ReturnData).length === 1
        : MetricName && Namespace && period && (Statistic ?? ExtendedStatistic),
    { error: 'needs either Metrics, one of which returns data, or Namespace, MetricName, Period and a statistic' },
  )
  .refine(({ DatapointsToAlarm = 1, EvaluationPeriods }) => DatapointsToAlarm <= EvaluationPeriods, {
    error: 'DatapointsToAlarm is more than EvaluationPeriods',
  });
export type AlarmDefinition = z.infer<typeof AlarmDefinition>;

/** Seconds of one period; of metric math, that of its first metric. */
export const periodOf = ({ Period: period, Metrics = [] }: AlarmDefinition): number =>
  period ?? Metrics.find(({ MetricStat }) => MetricStat)?.MetricStat?.Period ?? 60;

/** What an alarm watches, as queries, and the id of the one that counts. */
export const queriesOf = (
  alarm: AlarmDefinition,
): { readonly queries: readonly MetricQuery[]; readonly id: string } => {
  const {
    Metrics,
    Namespace = '',
    MetricName = '',
    Dimensions: dimensions,
    Statistic,
    ExtendedStatistic,
    Unit,
  } = alarm;
  if (Metrics) return { queries: Metrics, id: Metrics.find(({ ReturnData }) => ReturnData)?.Id as string };
  const Metric = { Namespace, MetricName, Dimensions: dimensions };
  const MetricStat = { Metric, Period: periodOf(alarm), Stat: Statistic ?? (ExtendedStatistic as string), Unit };
  return { queries: [{ Id: 'm', MetricStat, ReturnData: true }], id: 'm' };
};
