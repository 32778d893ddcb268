import * as z from 'zod';
import { resourceKind, type ResourceKinds } from '../assembly/resource-kind.ts';
import type { Alarms } from './alarms/alarms.ts';
import { AlarmDefinition } from './alarms/definition.ts';
import type { Dashboards } from './dashboards.ts';
import { MetricMathError, readExpression } from './math/expression.ts';

const Dashboard = z.strictObject({
  DashboardName: z
    .string()
    .regex(/^[\w-]{1,255}$/)
    .optional(),
  DashboardBody: z.string(),
});

/** Alarms and dashboards of the templates. */
export const cloudWatchResources = ({
  alarms,
  dashboards,
}: {
  alarms: Alarms;
  dashboards: Dashboards;
}): ResourceKinds => ({
  'AWS::CloudWatch::Alarm': resourceKind(AlarmDefinition, (definition, { generatedName }) => {
    const { name, arn } = alarms.define(definition.AlarmName ?? generatedName, definition);
    return { ref: name, attributes: { Arn: arn }, notHonoured: notHonoured(definition) };
  }),
  'AWS::CloudWatch::Dashboard': resourceKind(Dashboard, ({ DashboardName, DashboardBody }, { generatedName }) => ({
    ref: dashboards.define(DashboardName ?? generatedName, DashboardBody).name,
  })),
});

const notHonoured = ({
  Metrics = [],
  OKActions,
  AlarmActions,
  InsufficientDataActions,
  EvaluateLowSampleCountPercentile,
}: AlarmDefinition): string[] => {
  const actions = [...OKActions, ...AlarmActions, ...InsufficientDataActions];
  const isOther = actions.some((action) => !action.startsWith('arn:aws:sns:'));
  return [
    ...Metrics.flatMap(({ Expression = '0' }) => unread(Expression)),
    ...(isOther ? ['actions other than SNS topics'] : []),
    ...(EvaluateLowSampleCountPercentile === 'ignore' ? ['EvaluateLowSampleCountPercentile'] : []),
  ];
};

/** An alarm whose expression is not evaluated here stays in INSUFFICIENT_DATA, and says why. */
const unread = (expression: string): string[] => {
  try {
    readExpression(expression);
    return [];
  } catch (error) {
    if (error instanceof MetricMathError) return [`Metrics: ${error.message}`];
    throw error;
  }
};
