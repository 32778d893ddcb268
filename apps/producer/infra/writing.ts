import {
  grantWrite,
  kafkaAccess,
  kafkaAuthEnv,
  lookUp,
  type ServiceFunction,
  type ServiceFunctionProps,
  type Settings,
  topicOf,
} from '@acme/cdk-kit';
import type { EnvOf } from '@acme/lambda-kit';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import type { Construct } from 'constructs';
import type { Env } from '../src/env.ts';
import type { KafkaEnv } from '../src/kafka/env.ts';

/** Settings that do not depend on the transport; the stack gives them. */
type Common = 'QUARANTINE_BUCKET' | 'LEDGER_BUCKET' | 'DEADLINE_SECONDS';

/** What of the function depends on the transport. */
export interface Writing extends Pick<ServiceFunctionProps, 'bundle' | 'network' | 'environment'> {
  readonly grant: (producer: ServiceFunction) => void;
}

/** How the producer writes to the streams of both families on the stage's transport. */
export const writing = (scope: Construct, settings: Settings): Writing =>
  settings.transport === 'kafka' ? toTopic(scope, settings) : toStream(scope, settings);

const toStream = (scope: Construct, settings: Settings): Writing => {
  const stream = Stream.fromStreamArn(scope, 'Events', lookUp(scope, settings, 'telemetryStreamArn'));
  const clicks = Stream.fromStreamArn(scope, 'Clicks', lookUp(scope, settings, 'clickstreamStreamArn'));
  return {
    bundle: 'producer',
    environment: {
      STREAM_NAME: stream.streamName,
      CLICKSTREAM_NAME: clicks.streamName,
      PARTITION_BY: settings.producer.partitionBy,
      BUCKETS: String(settings.producer.buckets),
    } satisfies Omit<EnvOf<typeof Env>, Common>,
    grant: (producer) =>
      producer.addToRolePolicy(
        new PolicyStatement({ actions: ['kinesis:PutRecords'], resources: [stream.streamArn, clicks.streamArn] }),
      ),
  };
};

const toTopic = (scope: Construct, settings: Settings): Writing => {
  const access = kafkaAccess(scope, settings);
  const [topic, clicks] = [topicOf(settings, 'telemetry'), topicOf(settings, 'clickstream')];
  return {
    bundle: 'producer/kafka',
    network: access.network,
    environment: {
      TRANSPORT: 'kafka',
      BOOTSTRAP_SERVERS: access.bootstrapServers,
      TOPIC: topic,
      CLICKSTREAM_TOPIC: clicks,
      ...kafkaAuthEnv(access),
    } satisfies Omit<EnvOf<typeof KafkaEnv>, Common>,
    grant: ({ role }) => {
      grantWrite(role, access, topic);
      grantWrite(role, access, clicks);
    },
  };
};
