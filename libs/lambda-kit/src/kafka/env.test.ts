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
    ['a role', { KAFKA_AUTH: 'iam' }],
    ['a secret', { KAFKA_AUTH: 'scram', KAFKA_SECRET_ARN: secret }],
    ['a secret in a network of one’s own', { KAFKA_AUTH: 'scram', KAFKA_SECRET_ARN: secret, KAFKA_TLS: 'false' }],
    ['nothing', { KAFKA_AUTH: 'none' }],
    ['nothing, over TLS', { KAFKA_AUTH: 'none', KAFKA_TLS: 'true' }],
  ])('may be with %s', (_, good) => expect(KafkaAuth.safeParse(good).success).toBe(true));

  it.each([
    ['SCRAM without a secret', { KAFKA_AUTH: 'scram' }],
    ['a secret that nobody reads', { KAFKA_AUTH: 'iam', KAFKA_SECRET_ARN: secret }],
    ['a role without TLS', { KAFKA_AUTH: 'iam', KAFKA_TLS: 'false' }],
    ['another way', { KAFKA_AUTH: 'plain' }],
  ])('is not with %s', (_, bad) => expect(KafkaAuth.safeParse(bad).success).toBe(false));
});
