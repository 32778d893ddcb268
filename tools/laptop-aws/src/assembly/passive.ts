import { account, arn } from '../aws/identity.ts';
import type { BuiltResource, ResourcePlace } from './resource-kind.ts';

interface PassiveKind {
  /** The property that names it, when the template does. */
  readonly nameProperty?: string;
  readonly attributes?: (name: string) => Readonly<Record<string, string>>;
}

const iam =
  (kind: string): PassiveKind['attributes'] =>
  (name) => ({
    Arn: `arn:aws:iam::${account}:${kind}/${name}`,
  });

/**
 * Types that grant, observe or describe and so have nothing to run on a laptop: start-up lists them as "not run here".
 * Of their properties only the name is read. An engine that offers one of them as a kind takes precedence.
 */
const passiveKinds: Readonly<Record<string, PassiveKind>> = {
  'AWS::ApiGateway::Account': {},
  'AWS::CDK::Metadata': {},
  'AWS::CloudWatch::Alarm': {
    nameProperty: 'AlarmName',
    attributes: (name) => ({ Arn: arn('cloudwatch', `alarm:${name}`) }),
  },
  'AWS::CloudWatch::CompositeAlarm': {
    nameProperty: 'AlarmName',
    attributes: (name) => ({ Arn: arn('cloudwatch', `alarm:${name}`) }),
  },
  'AWS::CloudWatch::Dashboard': { nameProperty: 'DashboardName' },
  'AWS::EC2::SecurityGroup': { attributes: (name) => ({ GroupId: name }) },
  'AWS::EC2::VPCEndpoint': { attributes: (name) => ({ Id: name }) },
  'AWS::IAM::InstanceProfile': { nameProperty: 'InstanceProfileName', attributes: iam('instance-profile') },
  'AWS::IAM::ManagedPolicy': {
    nameProperty: 'ManagedPolicyName',
    attributes: (name) => ({ PolicyArn: iam('policy')?.(name)['Arn'] as string }),
  },
  'AWS::IAM::Policy': { nameProperty: 'PolicyName' },
  'AWS::IAM::Role': { nameProperty: 'RoleName', attributes: iam('role') },
  'AWS::KMS::Alias': { nameProperty: 'AliasName' },
  'AWS::KMS::Key': { attributes: (name) => ({ Arn: arn('kms', `key/${name}`), KeyId: name }) },
  'AWS::Kinesis::ResourcePolicy': {},
  'AWS::Lambda::Permission': {},
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    attributes: (name) => ({ Arn: arn('logs', `log-group:${name}:*`) }),
  },
  'AWS::Logs::LogStream': { nameProperty: 'LogStreamName' },
  'AWS::Logs::MetricFilter': { nameProperty: 'FilterName' },
  'AWS::Logs::ResourcePolicy': { nameProperty: 'PolicyName' },
  'AWS::S3::BucketPolicy': {},
  'AWS::SecretsManager::ResourcePolicy': {},
  'AWS::SNS::Subscription': {},
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    attributes: (name) => ({ TopicArn: arn('sns', name), TopicName: name }),
  },
  'AWS::SNS::TopicPolicy': {},
  'AWS::SQS::QueuePolicy': {},
};

/** Types whose `Ref` is their ARN. */
const namedByArn: Readonly<Record<string, string>> = {
  'AWS::SNS::Topic': 'TopicArn',
  'AWS::IAM::ManagedPolicy': 'PolicyArn',
};

export const isPassive = (type: string): boolean => Object.hasOwn(passiveKinds, type);

/** The one property of a passive type that is resolved, or undefined. */
export const nameProperty = (type: string): string | undefined => passiveKinds[type]?.nameProperty;

/** What the templates may know of a passive resource, from its name alone. */
export const passiveResource = (type: string, name: string | undefined, place: ResourcePlace): BuiltResource => {
  const own = name ?? place.generatedName;
  const attributes = passiveKinds[type]?.attributes?.(own) ?? {};
  return { ref: attributes[namedByArn[type] ?? ''] ?? own, attributes };
};
