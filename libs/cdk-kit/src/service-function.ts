import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { bundleFolder } from './bundle-folder.ts';
import { explain } from './explain.ts';
import { removalPolicy } from './removal.ts';
import type { Settings } from './settings.ts';

export interface ServiceFunctionProps {
  readonly settings: Settings;
  /** What the bundle target built: `producer`, or `ws-consumer/push` for dist/bundle/ws-consumer/push.mjs. */
  readonly bundle: string;
  /** @default the bundle, as an asset of the deployment */
  readonly code?: Code;
  /** Who is hurt, and how, when it fails: the alarm's text. */
  readonly whenFailing: string;
  readonly environment: Readonly<Record<string, string>>;
  /** @default CDK makes one; give one only where commands of the reference systems print it */
  readonly functionName?: string;
  /** @default 60 seconds */
  readonly timeout?: Duration;
  /** In MB; Lambda gives CPU in proportion, one whole core at 1,769. @default 512 */
  readonly memorySize?: number;
  readonly description: string;
  /** Whether X-Ray sees its invocations. @default false */
  readonly tracing?: boolean;
  /** How many run at a time, set aside from what the account may run. @default as many as there is work for */
  readonly reservedConcurrency?: number | undefined;
  /** The private subnets it runs in, and what it may talk to from there. @default no network of ours */
  readonly network?: FunctionNetwork | undefined;
}

export interface FunctionNetwork {
  readonly vpc: IVpc;
  readonly securityGroups: ISecurityGroup[];
}

/** A function with the house's defaults: Node 24 on ARM, its own role and log group, an alarm that says who is hurt. */
export class ServiceFunction extends LambdaFunction {
  /** Its own role: what it may do is what its stack grants, and writing its log. */
  declare readonly role: Role;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    const { settings, functionName } = props;
    const [project, handler = 'index'] = props.bundle.split('/') as [string, string?];
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      ...(functionName ? { logGroupName: `/aws/lambda/${functionName}` } : {}),
      retention: settings.logRetentionDays,
      removalPolicy: removalPolicy(settings),
    });
    super(scope, id, {
      ...(functionName ? { functionName } : {}),
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code:
        props.code ??
        Code.fromAsset(bundleFolder(project), { exclude: ['*', `!${handler}.mjs`, `!${handler}.mjs.map`] }),
      handler: `${handler}.handler`,
      role,
      logGroup,
      timeout: props.timeout ?? Duration.seconds(60),
      memorySize: props.memorySize ?? 512,
      ...props.network,
      ...(props.tracing ? { tracing: Tracing.ACTIVE } : {}),
      ...(props.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: props.reservedConcurrency }),
      environment: { ...props.environment, NODE_OPTIONS: '--enable-source-maps', POWERTOOLS_SERVICE_NAME: project },
    });
    logGroup.grantWrite(role);
    if (props.network) letIntoVpc(role);
    if (props.tracing)
      explain(role, 'AwsSolutions-IAM5[Resource::*]', 'X-Ray takes traces; it has no resources to name.');
    const alarm = new Alarm(scope, `${id}Failing`, {
      alarmDescription: props.whenFailing,
      metric: this.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING, // no invocations: nothing failed
    });
    notify(alarm, settings);
  }
}

/**
 * What a role needs for Lambda to put a function, or the pollers of its event source mapping, into a VPC
 * (docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html, with-msk-permissions.html).
 */
export const letIntoVpc = (role: Role, ...more: readonly string[]): void => {
  role.addToPolicy(
    new PolicyStatement({
      actions: [
        'ec2:CreateNetworkInterface',
        'ec2:DeleteNetworkInterface',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSubnets',
        ...more,
      ],
      resources: ['*'],
    }),
  );
  explain(
    role,
    'AwsSolutions-IAM5[Resource::*]',
    'Lambda names the network interfaces it makes; EC2 lists by no name.',
  );
};

/** Sends an alarm where the stage says, if it says. */
export const notify = (alarm: Alarm, { alarmTopicArn }: Settings): void => {
  if (alarmTopicArn) alarm.addAlarmAction(new SnsAction(Topic.fromTopicArn(alarm, 'Topic', alarmTopicArn)));
};
