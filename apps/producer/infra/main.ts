import { named, newApp } from '@acme/cdk-kit';
import { ProducerStack } from './producer-stack.ts';

const { app, settings } = newApp('producer');
new ProducerStack(app, named(settings, 'AcmeProducerStack'), { settings, env: { region: settings.region } });
app.synth();
