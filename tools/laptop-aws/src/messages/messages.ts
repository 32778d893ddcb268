import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { account, arn, region } from '../aws/identity.ts';
import type { AwsService } from '../aws/service.ts';
import { buildApp, PersistenceManager, SnsStore, SqsStore } from '../s3/fauxqs.ts';

/** SQS and SNS, as one: a topic's messages go to the queues that subscribe to it. */
export interface Messages {
  /** Both services' own APIs. */
  readonly service: AwsService;
  /** Makes a queue, or gives the one that is there these attributes. @returns its URL */
  createQueue(name: string, attributes?: Readonly<Record<string, string>>): string;
  /** Makes a topic, or leaves the one that is there. @returns its ARN */
  createTopic(name: string): string;
  /** Lets a queue have what is published. @returns the subscription's ARN @throws Error when there is no such topic */
  subscribe(topicArn: string, queueArn: string, attributes?: Readonly<Record<string, string>>): string;
  /** Puts a message into a queue; it is on the disk then. @throws Error when there is no such queue, or it is too large */
  send(queueArn: string, body: string): Promise<void>;
  /** Publishes to a topic; it is on the disk of each queue then. @throws Error when there is no such topic */
  publish(topicArn: string, message: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * SQS and SNS on fauxqs, with their state in `<dir>/messages`, so that what was sent survives a kill.
 *
 * @param dir the platform's state folder
 * @param port of the endpoint, as it stands in queue URLs
 */
export const openMessages = async ({ dir, port }: { dir: string; port: number }): Promise<Messages> => {
  const folder = join(dir, 'messages');
  await mkdir(folder, { recursive: true });
  const persistence = new PersistenceManager(folder);
  const [sqsStore, snsStore] = [new SqsStore(), new SnsStore()];
  persistence.loadSqsAndSns(sqsStore, snsStore);
  sqsStore.persistence = persistence;
  snsStore.persistence = persistence;
  for (const queue of sqsStore.allQueues()) queue.persistence = persistence;
  // fauxqs's buckets are made by default and unused; its types want all three stores or none.
  const app = buildApp({ logger: false, defaultRegion: region, stores: { sqsStore, snsStore } as never });
  await app.ready();

  const call = async (headers: Readonly<Record<string, string>>, payload: string): Promise<void> => {
    const answer = await app.inject({ method: 'POST', url: '/', headers, payload });
    if (answer.statusCode !== 200) throw new Error(`it answered ${answer.statusCode}: ${answer.body}`);
  };

  return {
    service: (request, response) => app.routing(request, response),
    createQueue: (name, attributes = {}) => {
      const url = `http://127.0.0.1:${port}/${account}/${name}`;
      const there = sqsStore.getQueueByName(name);
      if (there) there.setAttributes({ ...attributes });
      else sqsStore.createQueue(name, url, arn('sqs', name), { ...attributes });
      return url;
    },
    createTopic: (name) => snsStore.createTopic(name, {}, {}, region).arn,
    subscribe: (topicArn, queueArn, attributes = {}) => {
      const made = snsStore.subscribe(topicArn, 'sqs', queueArn, { ...attributes });
      if (!made) throw new Error(`there is no topic ${topicArn}`);
      return made.arn;
    },
    send: (queueArn, body) => {
      const QueueUrl = `http://127.0.0.1:${port}/${account}/${queueArn.split(':').pop()}`;
      const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' };
      return call(headers, JSON.stringify({ QueueUrl, MessageBody: body }));
    },
    publish: (TopicArn, Message) => {
      const form = new URLSearchParams({ Action: 'Publish', Version: '2010-03-31', TopicArn, Message });
      return call({ 'content-type': 'application/x-www-form-urlencoded' }, form.toString());
    },
    close: async () => {
      await app.close();
      persistence.close();
    },
  };
};
