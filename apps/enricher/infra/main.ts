import { named, newApp } from '@acme/cdk-kit';
import { enricherContext } from './context.ts';
import { EnricherStack } from './enricher-stack.ts';

const { app, settings } = newApp('enricher');
const context = enricherContext(app);
new EnricherStack(app, named(settings, 'AcmeEnricherStack'), { settings, context, env: { region: settings.region } });
app.synth();
