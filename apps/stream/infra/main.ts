import { named, newApp } from '@acme/cdk-kit';
import { KinesisStack } from './kinesis-stack.ts';

const { app, settings } = newApp('stream');
new KinesisStack(app, named(settings, 'AcmeKinesisStack'), { settings, env: { region: settings.region } });
app.synth();
