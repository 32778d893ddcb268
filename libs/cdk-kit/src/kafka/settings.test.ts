import { describe, expect, it } from '@jest/globals';
import { dev } from '../../stages/dev.ts';
import { KafkaSettings } from './settings.ts';

const network = {
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: ['subnet-0123456789abcdef0'],
  zones: ['us-west-2a'],
  securityGroupId: 'sg-0123456789abcdef0',
};
const secretArn = 'arn:aws:secretsmanager:us-west-2:000000000000:secret:brokers';
const isTaken = (more: object): boolean => KafkaSettings.safeParse({ ...dev.kafka, ...more }).success;

describe('the settings of Kafka', () => {
  it('take brokers of one’s own, with or without a secret and a network', () => {
    expect(isTaken({})).toBe(true);
    for (const selfManaged of [
      { auth: 'none' },
      { auth: 'none', bootstrapServers: ['127.0.0.1:9092'] },
      { auth: 'scram', secretArn, bootstrapServers: ['kafka-1.example.org:9096'], network },
    ])
      expect(isTaken({ selfManaged, replicationFactor: 1 })).toBe(true);
  });

  it.each([
    ['brokers that do not spread evenly over the zones', { cluster: { ...dev.kafka.cluster, brokers: 4 } }],
    ['more copies than brokers', { replicationFactor: 5 }],
    ['a version with ZooKeeper', { cluster: { ...dev.kafka.cluster, version: '3.8.x' } }],
    ['fewer pollers at most than at least', { pollers: { minimum: 3, maximum: 2 } }],
    ['SCRAM without a secret', { selfManaged: { auth: 'scram' } }],
    ['a secret that nobody reads', { selfManaged: { auth: 'none', secretArn } }],
    ['a broker without a port', { selfManaged: { auth: 'none', bootstrapServers: ['kafka-1.example.org'] } }],
    ['a subnet without its zone', { selfManaged: { auth: 'none', network: { ...network, zones: [] } } }],
  ])('refuse %s', (_, bad) => expect(isTaken(bad)).toBe(false));
});
