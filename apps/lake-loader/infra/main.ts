import { named, newApp } from '@acme/cdk-kit';
import { DataLakeStack } from './data-lake-stack.ts';

const { app, settings } = newApp('lake-loader');
new DataLakeStack(app, named(settings, 'AcmeDataLakeStack'), { settings, env: { region: settings.region } });
app.synth();
