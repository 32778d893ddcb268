import { App } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { readSettings } from './read-settings.ts';
import type { Settings } from './settings.ts';

/** What a stack test needs: an app with the house's flags, and the settings of a stage. */
export const testApp = (
  stage = 'dev',
  context: Record<string, string> = {},
): { readonly app: App; readonly settings: Settings } => {
  const app = new App({ context: { ...CURRENTLY_RECOMMENDED_FLAGS, ...context }, analyticsReporting: false });
  return { app, settings: readSettings(app, stage) };
};
