import { describe, expect, it } from '@jest/globals';
import { type ICustomPartitioner, type Kafka, type PartitionMetadata, Partitioners } from 'kafkajs';
import { publisher } from './publisher.ts';

const aKafka = (connect: () => Promise<void> = async () => undefined) => {
  const said: string[] = [];
  const partitioners: ICustomPartitioner[] = [];
  const kafka = {
    producer: ({ createPartitioner }: { createPartitioner: ICustomPartitioner }) => {
      partitioners.push(createPartitioner);
      return {
        connect: async () => {
          said.push('connect');
          await connect();
        },
        disconnect: async () => void said.push('disconnect'),
      };
    },
  } as unknown as Kafka;
  return { kafka: async () => kafka, said, partitioners };
};
const partitionMetadata = (count: number) =>
  Array.from({ length: count }, (_, partitionId) => ({ partitionId, leader: 1 })) as PartitionMetadata[];

describe('a publisher', () => {
  it('connects at its first use, stays connected, and disconnects when it is closed', async () => {
    const { kafka, said } = aKafka();
    const { producer, close } = publisher(kafka);
    expect(said).toEqual([]);
    const [one, other] = await Promise.all([producer(), producer()]);
    expect(other).toBe(one);
    await producer();
    await close();
    expect(said).toEqual(['connect', 'disconnect']);
  });

  it('connects anew after it could not, and has nothing to close when it never did', async () => {
    let isDown = true;
    const { kafka, said } = aKafka(async () => {
      if (isDown) throw new Error('no brokers');
    });
    const { producer, close } = publisher(kafka);
    await close();
    await expect(producer()).rejects.toThrow('no brokers');
    isDown = false;
    await producer();
    expect(said).toEqual(['connect', 'connect']);
  });

  it('puts keys where Kafka’s own clients put them, before and after a topic has grown', async () => {
    const { kafka, partitioners } = aKafka();
    const { producer, partitionOf } = publisher(kafka);
    await producer();
    const place = (partitioners[0] as ICustomPartitioner)();
    const asKafka = Partitioners.DefaultPartitioner();
    for (const count of [6, 12, 6]) {
      for (let customer = 0; customer < 200; customer += 1) {
        const message = { key: `cus-${customer % 100}`, value: '' };
        const args = { topic: 'events', partitionMetadata: partitionMetadata(count), message };
        expect(place(args)).toBe(asKafka(args));
        expect(partitionOf(message)).toBe(asKafka(args));
      }
    }
  });

  it('keeps a message in its partition when it is tried again, though the topic has grown meanwhile', async () => {
    const { kafka, partitioners } = aKafka();
    const { producer } = publisher(kafka);
    await producer();
    const place = (partitioners[0] as ICustomPartitioner)();
    const messages = Array.from({ length: 50 }, (_, index) => ({ key: `cus-${index}`, value: '' }));
    const placed = (count: number) =>
      messages.map((message) => place({ topic: 'events', partitionMetadata: partitionMetadata(count), message }));
    const before = placed(6);
    expect(placed(12)).toEqual(before);
  });
});
