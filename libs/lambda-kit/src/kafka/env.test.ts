import { describe, expect, it } from '@jest/globals';
import { BootstrapServers, KafkaAuth } from './env.ts';

const secret = 'arn:aws:secretsmanager:us-west-2:000000000000:secret:brokers';

describe('how a function reaches brokers', () => {
  it('is their addresses, one or more', () => {
    expect(BootstrapServers.parse('b-1.acme:9098, b-2.acme:9098')).toEqual(['b-1.acme:9098', 'b-2.acme:9098']);
    for (const bad of ['', 'b-1.acme', 'http://b-1.acme:9098', 'a:1,,b:2'])
      expect(BootstrapServers.safeParse(bad).success).toBe(false);
  });

  it.each([
    ['iam', undefined, true],
    ['none', undefined, true],
    ['scram', secret, true],
    ['scram', undefined, false],
    ['iam', secret, false],
    ['plain', undefined, false],
  ])('is %s with the secret %s: %s', (auth, secretArn, isGood) => {
    expect(KafkaAuth.safeParse({ KAFKA_AUTH: auth, KAFKA_SECRET_ARN: secretArn }).success).toBe(isGood);
  });
});
