import { describe, expect, it } from '@jest/globals';
import type { ResourceKind } from '../assembly/resource-kind.ts';
import type { Scheduler } from './open-scheduler.ts';
import type { ScheduleSpec } from './schedule-spec.ts';
import { schedulerResources } from './resource.ts';

const place = { stack: 'AcmeGeneratorStack', logicalId: 'Every', generatedName: 'AcmeGeneratorStack-Every-1' };
const lambda = 'arn:aws:lambda:us-west-2:000000000000:function:acme-data-generator';
const least = {
  ScheduleExpression: 'rate(5 minutes)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: lambda, RoleArn: 'arn' },
};
const opened = () => {
  const defined: ScheduleSpec[] = [];
  const scheduler = { define: async (spec: ScheduleSpec) => void defined.push(spec) } as unknown as Scheduler;
  const kind = schedulerResources(scheduler)['AWS::Scheduler::Schedule'] as ResourceKind<unknown>;
  return { defined, build: async (properties: object) => kind.build(kind.properties.parse(properties), place) };
};

describe('AWS::Scheduler::Schedule', () => {
  it('defines the schedule of its template', async () => {
    const { defined, build } = opened();
    const built = await build({
      ...least,
      Description: 'events',
      GroupName: 'data',
      ScheduleExpressionTimezone: 'Etc/UTC',
      State: 'ENABLED',
      StartDate: '2026-12-01T00:00:00Z',
      Target: {
        ...least.Target,
        Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}',
        RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 300 },
        DeadLetterConfig: { Arn: 'arn' },
      },
    });
    expect(built).toEqual({
      ref: place.generatedName,
      attributes: { Arn: `arn:aws:scheduler:us-west-2:000000000000:schedule/data/${place.generatedName}` },
      notHonoured: ['Target.DeadLetterConfig'],
    });
    expect(defined).toEqual([
      {
        name: place.generatedName,
        group: 'data',
        expression: 'rate(5 minutes)',
        timezone: 'Etc/UTC',
        enabled: true,
        startMs: Date.parse('2026-12-01T00:00:00Z'),
        functionArn: lambda,
        input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}',
        maximumRetryAttempts: 3,
        maximumEventAgeSeconds: 300,
      },
    ]);
  });

  it('refuses targets that are not functions, and settings it does not know', async () => {
    const { build } = opened();
    const queue = { ...least.Target, Arn: 'arn:aws:sqs:us-west-2:000000000000:queue' };
    await expect(build({ ...least, Target: queue })).rejects.toThrow(/Lambda functions only/);
    await expect(build({ ...least, Target: { ...least.Target, KinesisParameters: {} } })).rejects.toThrow(
      /KinesisParameters/,
    );
  });
});
