import { App, DefaultStackSynthesizer, Tags, Validations } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readSettings } from './read-settings.ts';
import type { Settings } from './settings.ts';

/** An app of this house: the stage's settings, CDK's recommended behaviour, the AWS Solutions rules, and tags. */
export const newApp = (service: string): { readonly app: App; readonly settings: Settings } => {
  const app = new App({
    context: CURRENTLY_RECOMMENDED_FLAGS,
    analyticsReporting: false,
    defaultStackSynthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
  });
  const settings = readSettings(app);
  // The laptop's templates are the same; checking them once, for the stages that deploy, is enough.
  if (settings.stage !== 'local') Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  Tags.of(app).add('stage', settings.stage);
  Tags.of(app).add('app', service);
  Tags.of(app).add('owner', settings.owner);
  return { app, settings };
};
