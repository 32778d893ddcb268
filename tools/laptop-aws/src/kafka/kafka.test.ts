import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { openKafka } from './kafka.ts';

describe('Kafka', () => {
  it('asks the brokers again for the next topic after they were away', async () => {
    let asked = 0;
    const away = createServer((socket) => {
      asked += 1;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(away, 'listening');
    const brokers = `127.0.0.1:${(away.address() as AddressInfo).port}`;
    const kafka = await openKafka({ dir: '.', brokers, report: () => undefined });
    const topic = { name: 'views', partitions: 1, replicationFactor: 1, config: {} };
    await expect(kafka.apply(topic)).rejects.toThrow();
    const before = asked;
    await expect(kafka.apply(topic)).rejects.toThrow();
    expect(asked).toBeGreaterThan(before);
    await kafka.close();
    away.close();
  });
});
