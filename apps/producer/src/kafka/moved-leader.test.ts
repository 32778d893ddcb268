import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import type { Message } from 'kafkajs';
import { kafkaSink, type Publisher } from './kafka-sink.ts';
import { oneEach } from './messages.ts';
import { sendInOrder } from './send-in-order.ts';

// kafkajs's own loop over brokers, with brokers that do as they are told.
const require = createRequire(import.meta.url);
const createSendMessages = require('kafkajs/src/producer/sendMessages.js');
const createRetrier = require('kafkajs/src/retry/index.js');
const { createErrorFromCode } = require('kafkajs/src/protocol/error.js');
const notLeader = 6;

const topic = 'events';
const partitionOf = ({ key }: Message) => (key === 'a' ? 0 : 1);

/** Partition 1 moves from broker B to broker A while a call is under way, and A has answered by then. */
const movingCluster = () => {
  const logs = new Map<number, string[]>([
    [0, []],
    [1, []],
  ]);
  let hasMoved = false;
  const leaderOf = (partition: number) => (partition === 1 && !hasMoved ? 'B' : 'A');
  const brokerOf = (nodeId: string) => ({
    nodeId,
    produce: async ({
      topicData: [data],
    }: {
      topicData: { partitions: { partition: string; messages: Message[] }[] }[];
    }) => {
      if (nodeId === 'B') {
        hasMoved = true;
        throw createErrorFromCode(notLeader);
      }
      const partitions = (data?.partitions ?? []).map(({ partition, messages }) => {
        const log = logs.get(Number(partition)) as string[];
        const baseOffset = String(log.length);
        log.push(...messages.map(({ value }) => String(value)));
        return { partition: Number(partition), errorCode: 0, baseOffset };
      });
      return { topics: [{ topicName: topic, partitions }] };
    },
  });
  const brokers = new Map(['A', 'B'].map((nodeId) => [nodeId, brokerOf(nodeId)]));
  const cluster = {
    addMultipleTargetTopics: async () => undefined,
    refreshMetadata: async () => undefined,
    refreshMetadataIfNecessary: async () => undefined,
    isConnected: () => true,
    findTopicPartitionMetadata: () => [{ partitionId: 0 }, { partitionId: 1 }],
    findLeaderForPartitions: (_: string, partitions: string[]) =>
      Object.fromEntries(Map.groupBy(partitions.map(Number), leaderOf)),
    findBroker: async ({ nodeId }: { nodeId: string }) => brokers.get(nodeId),
  };
  const eosManager = {
    acquireBrokerLock: async () => undefined,
    releaseBrokerLock: async () => undefined,
    isTransactional: () => false,
    getSequence: () => 0,
    updateSequence: () => undefined,
    getProducerId: () => -1,
    getProducerEpoch: () => 0,
  };
  const sendMessages = createSendMessages({
    logger: { error: () => undefined, debug: () => undefined },
    cluster,
    eosManager,
    partitioner: ({ message }: { message: Message }) => partitionOf(message),
    retrier: createRetrier({ initialRetryTime: 1, retries: 3 }),
  });
  const send: Awaited<ReturnType<Publisher['producer']>>['send'] = ({ messages, ...record }) =>
    sendMessages({ ...record, topicMessages: [{ topic, messages }] });
  return { logs, send };
};

describe('a partition whose leader moves to a broker that has answered already', () => {
  const events = ['a', 'b', 'a', 'b'].map((key, index) => ({ key, id: `${index}`, line: `${key}-${index}` }));

  it('is left out by kafkajs, which reports success', async () => {
    const { logs, send } = movingCluster();
    const answers = await send({ topic, messages: events.map(({ key, line }) => ({ key, value: line })) });
    expect(answers.map(({ partition }) => partition)).toEqual([0]);
    expect(logs.get(1)).toEqual([]);
  });

  it('is sent again by the publisher, in order, and nothing is lost', async () => {
    const { logs, send } = movingCluster();
    const sink = kafkaSink(topic, { producer: async () => ({ send }), partitionOf });
    await sendInOrder(oneEach(events), sink, { backoff: () => 0, wait: async () => undefined });
    expect(logs).toEqual(
      new Map([
        [0, ['a-0', 'a-2']],
        [1, ['b-1', 'b-3']],
      ]),
    );
  });
});
