import * as z from 'zod';
import { resourceKind, type ResourceKinds } from '../assembly/resource-kind.ts';
import { arn } from '../aws/identity.ts';
import type { Scheduler } from './open-scheduler.ts';

const ScheduleProperties = z.strictObject({
  Name: z.string().optional(),
  GroupName: z.string().optional(),
  Description: z.string().optional(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().optional(),
  /** A flexible run may come any time in its window; here it comes at its start. */
  FlexibleTimeWindow: z.strictObject({
    Mode: z.enum(['OFF', 'FLEXIBLE']),
    MaximumWindowInMinutes: z.coerce.number().optional(),
  }),
  State: z.enum(['ENABLED', 'DISABLED']).optional(),
  StartDate: z.iso.datetime({ offset: true }).optional(),
  EndDate: z.iso.datetime({ offset: true }).optional(),
  KmsKeyArn: z.string().optional(),
  Target: z.strictObject({
    Arn: z.string().regex(/^arn:[^:]+:lambda:/, { error: 'the laptop platform schedules Lambda functions only' }),
    RoleArn: z.string(),
    Input: z.string().optional(),
    RetryPolicy: z
      .strictObject({
        MaximumRetryAttempts: z.coerce.number().int().min(0).max(185).optional(),
        MaximumEventAgeInSeconds: z.coerce.number().int().min(60).max(86_400).optional(),
      })
      .optional(),
    DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
  }),
});

const ScheduleGroupProperties = z.strictObject({
  Name: z.string().optional(),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
});

const time = (date: string | undefined): number | undefined => (date === undefined ? undefined : Date.parse(date));

/** The CloudFormation types of EventBridge Scheduler. */
export const schedulerResources = (scheduler: Scheduler): ResourceKinds => ({
  'AWS::Scheduler::Schedule': resourceKind(ScheduleProperties, async (properties, { generatedName }) => {
    const { Target: target, GroupName: group = 'default' } = properties;
    const name = properties.Name ?? generatedName;
    await scheduler.define({
      name,
      group,
      expression: properties.ScheduleExpression,
      timezone: properties.ScheduleExpressionTimezone,
      enabled: properties.State !== 'DISABLED',
      startMs: time(properties.StartDate),
      endMs: time(properties.EndDate),
      functionArn: target.Arn,
      input: target.Input,
      maximumRetryAttempts: target.RetryPolicy?.MaximumRetryAttempts,
      maximumEventAgeSeconds: target.RetryPolicy?.MaximumEventAgeInSeconds,
    });
    return {
      ref: name,
      attributes: { Arn: arn('scheduler', `schedule/${group}/${name}`) },
      notHonoured: target.DeadLetterConfig ? ['Target.DeadLetterConfig'] : [],
    };
  }),
  'AWS::Scheduler::ScheduleGroup': resourceKind(ScheduleGroupProperties, ({ Name }, { generatedName }) => {
    const name = Name ?? generatedName;
    return { ref: name, attributes: { Arn: arn('scheduler', `schedule-group/${name}`) } };
  }),
});
