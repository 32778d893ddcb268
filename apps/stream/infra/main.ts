import { named, newApp } from '@acme/cdk-kit';
import { KafkaTopicsStack } from './kafka-topics-stack.ts';
import { KinesisStack } from './kinesis-stack.ts';
import { MskStack } from './msk-stack.ts';
import { NetworkStack } from './network-stack.ts';

const { app, settings } = newApp('stream');
const props = { settings, env: { region: settings.region } };
if (settings.transport === 'kinesis') new KinesisStack(app, named(settings, 'AcmeKinesisStack'), props);
else if (settings.kafka.selfManaged) new KafkaTopicsStack(app, named(settings, 'AcmeKafkaTopicsStack'), props);
else {
  const network = new NetworkStack(app, named(settings, 'AcmeNetworkStack'), props);
  const msk = new MskStack(app, named(settings, 'AcmeMskStack'), props);
  msk.addStackDependency(network, 'It looks up what the network publishes');
}
app.synth();
