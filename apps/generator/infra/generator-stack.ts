import { explainWildcard, lookUp, named, ServiceFunction, type Settings } from '@acme/cdk-kit';
import type { EnvOf } from '@acme/lambda-kit';
import type { Family } from '@acme/telemetry-schema';
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Construct } from 'constructs';
import type { Env } from '../src/env.ts';

export interface GeneratorStackProps extends StackProps {
  readonly settings: Settings;
}

/** The function that invents events, and the schedules that run it for each family. */
export class GeneratorStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: GeneratorStackProps) {
    super(scope, id, { description: 'Invents viewing and clickstream events on schedules', ...props });
    const producerArn = lookUp(this, settings, 'producerArn');
    const { seed, clickstream, ...viewing } = settings.generator;
    const generate = new ServiceFunction(this, 'Generate', {
      settings,
      bundle: 'generator',
      functionName: named(settings, 'acme-data-generator'),
      description: 'Makes a range of synthetic events and sends it through the producer',
      whenFailing: 'No synthetic events arrive; real clients are not affected.',
      timeout: Duration.minutes(5),
      memorySize: 1024,
      environment: {
        PRODUCER_ARN: producerArn,
        SEED: String(seed),
        EVENTS: String(viewing.events),
        CLICKSTREAM_EVENTS: String(clickstream.events),
      } satisfies EnvOf<typeof Env>,
    });
    const role = new Role(this, 'EveryRole', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    const run = (id: string, family: Family, { everyMinutes, events }: typeof clickstream): Schedule =>
      new Schedule(this, id, {
        description: `${events} ${family} events every ${everyMinutes} minutes`,
        schedule: ScheduleExpression.rate(Duration.minutes(everyMinutes)),
        target: new LambdaInvoke(generate, {
          role,
          // The scheduled time makes a retried run repeat the same events instead of inventing more.
          input: ScheduleTargetInput.fromObject({ family, scheduledTime: ContextAttribute.scheduledTime }),
          retryAttempts: 3,
          maxEventAge: Duration.minutes(Math.max(1, everyMinutes)),
        }),
      });
    run('Every', 'viewing', viewing);
    run('EveryClickstream', 'clickstream', clickstream);
    explainWildcard(role, `${generate.functionArn}:*`, 'The versions of this one function.');

    generate.addToRolePolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [producerArn] }));
    new CfnOutput(this, 'FunctionName', {
      value: generate.functionName,
      description: 'Invoke it with { family, seed, from, count } or with nothing',
    });
  }
}
