import type { DeliverySettings } from '../mapping-settings.ts';

/** A Lambda event source mapping for a topic of a Kafka cluster that is not MSK's, as far as it acts here. */
export interface KafkaMappingSettings extends DeliverySettings {
  /** Comma-separated `host:port`. */
  readonly bootstrapServers: string;
  readonly topic: string;
  readonly groupId: string;
  /** How the poller logs in; without it, it does not. */
  readonly login?: KafkaLogin | undefined;
}

export interface KafkaLogin {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  /** Of a secret `{"username": …, "password": …}`. */
  readonly secretArn: string;
}
