import { named, newApp } from '@acme/cdk-kit';
import { GeneratorStack } from './generator-stack.ts';

const { app, settings } = newApp('generator');
new GeneratorStack(app, named(settings, 'AcmeGeneratorStack'), { settings, env: { region: settings.region } });
app.synth();
