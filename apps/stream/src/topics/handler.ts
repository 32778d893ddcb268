import { log, readEnv } from '@acme/lambda-kit';
import { kafkaClient } from '@acme/lambda-kit/kafka';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { applyTopic, deleteTopic, type TopicAdmin } from './apply-topic.ts';
import { Env } from './env.ts';
import { notMade, respond } from './respond.ts';
import { Topic } from './topic.ts';

const env = readEnv(Env);

/** A `Custom::KafkaTopic` of CloudFormation: its physical id is the topic's name, so another name is another topic. */
export const handler = (event: CloudFormationCustomResourceEvent): Promise<void> =>
  respond(event, async () => {
    if (event.RequestType === 'Delete' && event.PhysicalResourceId === notMade) return notMade;
    const wanted = Topic.parse(event.ResourceProperties);
    const topic = event.RequestType === 'Delete' ? event.PhysicalResourceId : wanted.Topic;
    await withAdmin(wanted.BootstrapServers, (admin) =>
      event.RequestType === 'Delete' ? deleteTopic(admin, topic) : applyTopic(admin, wanted),
    );
    log.info('topic:applied', { topic, request: event.RequestType });
    return topic;
  });

const withAdmin = async (brokers: readonly string[], act: (admin: TopicAdmin) => Promise<void>): Promise<void> => {
  const admin = (await kafkaClient('acme-topics', brokers, env)).admin();
  try {
    await admin.connect();
    await act(admin);
  } finally {
    await admin.disconnect();
  }
};
