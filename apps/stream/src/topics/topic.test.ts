import { describe, expect, it } from '@jest/globals';
import { Topic } from './topic.ts';

const good = {
  ServiceToken: 'arn:aws:lambda:us-west-2:000000000000:function:topics',
  BootstrapServers: 'b-1.acme:9098, b-2.acme:9098',
  Topic: 'acme-telemetry-stream',
  Partitions: '6',
  ReplicationFactor: '3',
  Config: { 'retention.ms': '86400000' },
};

describe('the properties of a topic', () => {
  it('are read as CloudFormation hands them over: numbers as text', () => {
    expect(Topic.parse(good)).toEqual({
      BootstrapServers: ['b-1.acme:9098', 'b-2.acme:9098'],
      Topic: 'acme-telemetry-stream',
      Partitions: 6,
      ReplicationFactor: 3,
      Config: { 'retention.ms': '86400000' },
    });
  });

  it.each([
    ['no servers', { BootstrapServers: '' }],
    ['a server without a port', { BootstrapServers: 'b-1.acme' }],
    ['a name that Kafka refuses', { Topic: '..' }],
    ['a name with a slash', { Topic: 'a/b' }],
    ['no partitions', { Partitions: '0' }],
    ['half a copy', { ReplicationFactor: '1.5' }],
  ])('are refused with %s', (_, bad) => {
    expect(Topic.safeParse({ ...good, ...bad }).success).toBe(false);
  });
});
