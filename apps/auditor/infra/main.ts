import { named, newApp } from '@acme/cdk-kit';
import { AuditStack } from './audit-stack.ts';

const { app, settings } = newApp('auditor');
new AuditStack(app, named(settings, 'AcmeAuditStack'), { settings, env: { region: settings.region } });
app.synth();
