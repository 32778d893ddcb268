import { explainWildcard, lookUp, named, ServiceFunction, type Settings } from '@acme/cdk-kit';
import type { EnvOf } from '@acme/lambda-kit';
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Construct } from 'constructs';
import type { Env } from '../src/env.ts';

export interface GeneratorStackProps extends StackProps {
  readonly settings: Settings;
}

/** The function that invents viewing events, and the schedule that runs it. */
export class GeneratorStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: GeneratorStackProps) {
    super(scope, id, { description: 'Invents viewing events on a schedule', ...props });
    const producerArn = lookUp(this, settings, 'producerArn');
    const { everyMinutes, events, seed } = settings.generator;
    const generate = new ServiceFunction(this, 'Generate', {
      settings,
      bundle: 'generator',
      functionName: named(settings, 'acme-data-generator'),
      description: 'Makes a range of synthetic viewing events and sends it through the producer',
      whenFailing: 'No synthetic events arrive; real clients are not affected.',
      timeout: Duration.minutes(5),
      memorySize: 1024,
      environment: { PRODUCER_ARN: producerArn, SEED: String(seed), EVENTS: String(events) } satisfies EnvOf<
        typeof Env
      >,
    });
    const role = new Role(this, 'EveryRole', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    new Schedule(this, 'Every', {
      description: `${events} events every ${everyMinutes} minutes`,
      schedule: ScheduleExpression.rate(Duration.minutes(everyMinutes)),
      target: new LambdaInvoke(generate, {
        role,
        // The scheduled time makes a retried run repeat the same events instead of inventing more.
        input: ScheduleTargetInput.fromObject({ scheduledTime: ContextAttribute.scheduledTime }),
        retryAttempts: 3,
        maxEventAge: Duration.minutes(Math.max(1, everyMinutes)),
      }),
    });
    explainWildcard(role, `${generate.functionArn}:*`, 'The versions of this one function.');

    generate.addToRolePolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [producerArn] }));
    new CfnOutput(this, 'FunctionName', {
      value: generate.functionName,
      description: 'Invoke it with { seed, from, count } or with nothing',
    });
  }
}
