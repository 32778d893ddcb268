import { PublishCommand } from '@aws-sdk/client-sns';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { inFolder } from '../kinesis/kinesis.fixture.ts';
import type { Messages } from './messages.ts';
import { messageResources } from './resource.ts';
import { withMessages } from './messages.fixture.ts';

const queueArn = 'arn:aws:sqs:us-west-2:000000000000:failures';

describe('SQS and SNS', () => {
  it('give a queue’s messages to the stock client, also after a restart', () =>
    inFolder(async (dir) => {
      await withMessages(dir, async ({ messages }) => {
        messages.createQueue('failures');
        await messages.send(queueArn, 'one');
      });
      await withMessages(dir, async ({ messages, sqs }) => {
        const QueueUrl = messages.createQueue('failures');
        const { Messages: got } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
        expect(got?.map(({ Body }) => Body)).toEqual(['one']);
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: got?.[0]?.ReceiptHandle }));
        expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
      });
    }));

  it('hand what is published, by the platform or a client, to the queues that subscribe', () =>
    inFolder((dir) =>
      withMessages(dir, async ({ messages, sqs, sns }) => {
        const QueueUrl = messages.createQueue('failures');
        const TopicArn = messages.createTopic('alerts');
        messages.subscribe(TopicArn, queueArn, { RawMessageDelivery: 'true' });
        await messages.publish(TopicArn, 'from the platform');
        await sns.send(new PublishCommand({ TopicArn, Message: 'from a client' }));
        const received = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        expect(received.Messages?.map(({ Body }) => Body).sort()).toEqual(['from a client', 'from the platform']);
      }),
    ));

  it('take nothing for a queue or a topic that is not there', () =>
    inFolder((dir) =>
      withMessages(dir, async ({ messages }) => {
        await expect(messages.send(queueArn, 'lost')).rejects.toThrow('QueueDoesNotExist');
        await expect(messages.publish('arn:aws:sns:us-west-2:000000000000:none', 'lost')).rejects.toThrow('NotFound');
        expect(() => messages.subscribe('arn:aws:sns:us-west-2:000000000000:none', queueArn)).toThrow('no topic');
      }),
    ));
});

describe('the resources of SQS and SNS', () => {
  const place = { stack: 'AcmeStack', logicalId: 'Failures', generatedName: 'AcmeStack-Failures-1A2B' };
  const build = async (messages: Messages, type: string, properties: object) => {
    const kind = messageResources(messages)[type];
    return kind?.build(kind.properties.parse(properties), place);
  };

  it('have the references of CloudFormation', () =>
    inFolder((dir) =>
      withMessages(dir, async ({ messages }) => {
        const queue = await build(messages, 'AWS::SQS::Queue', { QueueName: 'failures', VisibilityTimeout: 60 });
        expect(queue?.ref).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/000000000000\/failures$/);
        expect(queue?.attributes).toEqual({ Arn: queueArn, QueueName: 'failures', QueueUrl: queue?.ref });
        const topic = await build(messages, 'AWS::SNS::Topic', {});
        const TopicArn = 'arn:aws:sns:us-west-2:000000000000:AcmeStack-Failures-1A2B';
        expect(topic).toEqual({ ref: TopicArn, attributes: { TopicArn, TopicName: 'AcmeStack-Failures-1A2B' } });
        const toQueue = { TopicArn, Protocol: 'sqs', Endpoint: queueArn };
        expect((await build(messages, 'AWS::SNS::Subscription', toQueue))?.ref).toContain(`${TopicArn}:`);
        const toPerson = { TopicArn, Protocol: 'email', Endpoint: 'a@example.com' };
        expect((await build(messages, 'AWS::SNS::Subscription', toPerson))?.notHonoured).toEqual(['Protocol email']);
        await expect(build(messages, 'AWS::SQS::Queue', { QueueName: 'a.fifo' })).rejects.toThrow('standard queues');
      }),
    ));
});
