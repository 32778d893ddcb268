import { named, newApp } from '@acme/cdk-kit';
import { AnalyticsStack } from './analytics-stack.ts';
import { analyticsContext } from './context.ts';

const { app, settings } = newApp('analytics');
const context = analyticsContext(app);
new AnalyticsStack(app, named(settings, 'AcmeAnalyticsStack'), { settings, context, env: { region: settings.region } });
app.synth();
