import { named, newApp } from '@acme/cdk-kit';
import { DashboardStack } from './dashboard-stack.ts';

const { app, settings } = newApp('ws-consumer');
new DashboardStack(app, named(settings, 'AcmeDashboardStack'), { settings, env: { region: settings.region } });
app.synth();
