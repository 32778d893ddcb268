import * as z from 'zod';
import { resourceKind, type ResourceKinds } from '../assembly/resource-kind.ts';
import { arn } from '../aws/identity.ts';
import type { Messages } from './messages.ts';

const seconds = z.coerce.number().int().min(0);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
const Queue = z.strictObject({
  QueueName: z
    .string()
    .regex(/^[\w-]{1,80}$/, 'only standard queues are here')
    .optional(),
  DelaySeconds: seconds.max(900).optional(),
  MaximumMessageSize: z.coerce.number().int().min(1024).optional(),
  MessageRetentionPeriod: seconds.min(60).max(1_209_600).optional(),
  ReceiveMessageWaitTimeSeconds: seconds.max(20).optional(),
  VisibilityTimeout: seconds.max(43_200).optional(),
  RedrivePolicy: z.looseObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() }).optional(),
  // How bytes rest on AWS's disks: nothing of it shows on a laptop.
  SqsManagedSseEnabled: z.unknown().optional(),
  KmsMasterKeyId: z.unknown().optional(),
  KmsDataKeyReusePeriodSeconds: z.unknown().optional(),
});

const Topic = z.strictObject({
  TopicName: z
    .string()
    .regex(/^[\w-]{1,256}$/, 'only standard topics are here')
    .optional(),
  DisplayName: z.string().optional(),
  KmsMasterKeyId: z.unknown().optional(),
  TracingConfig: z.unknown().optional(),
});

const Subscription = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  RawMessageDelivery: z.stringbool().or(z.boolean()).optional(),
});

const attributesOf = (properties: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(properties)
      .filter(([name, value]) => value !== undefined && name !== 'QueueName' && !/Kms|Sse/.test(name))
      .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );

/** What SQS and SNS take of the types in the templates. A subscription of anything but a queue hears nothing here. */
export const messageResources = (messages: Messages): ResourceKinds => ({
  'AWS::SQS::Queue': resourceKind(Queue, (properties, { generatedName }) => {
    const name = properties.QueueName ?? generatedName.slice(-80);
    const url = messages.createQueue(name, attributesOf(properties));
    return { ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
  }),
  'AWS::SNS::Topic': resourceKind(Topic, ({ TopicName }, { generatedName }) => {
    const name = TopicName ?? generatedName;
    const topicArn = messages.createTopic(name);
    return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
  }),
  'AWS::SNS::Subscription': resourceKind(
    Subscription,
    ({ TopicArn, Protocol, Endpoint, RawMessageDelivery }, { generatedName }) => {
      if (Protocol !== 'sqs') return { ref: `${TopicArn}:${generatedName}`, notHonoured: [`Protocol ${Protocol}`] };
      const attributes: Record<string, string> = RawMessageDelivery ? { RawMessageDelivery: 'true' } : {};
      return { ref: messages.subscribe(TopicArn, Endpoint, attributes) };
    },
  ),
});
