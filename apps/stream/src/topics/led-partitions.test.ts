import { describe, expect, it } from '@jest/globals';
import kafkajs, { type ITopicMetadata } from 'kafkajs';
import { ledPartitions } from './led-partitions.ts';

const partition = (partitionId: number, leader: number) => ({
  partitionErrorCode: 0,
  partitionId,
  leader,
  replicas: [1],
  isr: [1],
});
const unknownTopic = new kafkajs.KafkaJSProtocolError('This server does not host this topic-partition');
const refused = new kafkajs.KafkaJSNonRetriableError('not authorized');

/** Brokers that answer with these, one after the other, and the last of them from then on. */
const brokers = (...answers: readonly (Error | ITopicMetadata['partitions'])[]) => {
  const asked = { times: 0 };
  const fetchTopicMetadata = async () => {
    const answer = answers[Math.min(asked.times++, answers.length - 1)] as (typeof answers)[number];
    if (answer instanceof Error) throw answer;
    return { topics: [{ name: 'telemetry', partitions: answer }] };
  };
  return { asked, fetchTopicMetadata };
};
const upTo = (tries: number) => (attempt: number) => (attempt < tries ? 0 : undefined);

describe('ledPartitions', () => {
  it('waits while brokers do not know the topic, or have no leader for some of it', async () => {
    const led = [partition(0, 1), partition(1, 2)];
    const admin = brokers(unknownTopic, [], [partition(0, 1), partition(1, -1)], led);
    expect(await ledPartitions(admin, 'telemetry', upTo(9))).toEqual(led);
    expect(admin.asked.times).toBe(4);
  });

  it('says what the brokers still answer when time is up', async () => {
    await expect(ledPartitions(brokers(unknownTopic), 'telemetry', upTo(3))).rejects.toBe(unknownTopic);
    await expect(ledPartitions(brokers([partition(0, -1)]), 'telemetry', upTo(3))).rejects.toThrow(
      'some partitions of telemetry have no leader',
    );
  });

  it('does not wait for what will not pass', async () => {
    const admin = brokers(refused);
    await expect(ledPartitions(admin, 'telemetry', upTo(9))).rejects.toBe(refused);
    expect(admin.asked.times).toBe(1);
  });
});
