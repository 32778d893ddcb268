import { rmSync } from 'node:fs';
import { readSettings } from '@acme/cdk-kit';
import { App } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { stringify } from 'yaml';
import { StandAloneStack } from './stand-alone-stack.ts';

/** CreateStack takes no larger a template in its call (CloudFormation quotas page). */
export const mostTemplateBytes = 51_200;

/** The stand-alone stack as CloudFormation takes it. The same each time. */
export const standAloneTemplate = (): Record<string, unknown> => {
  const app = new App({ context: CURRENTLY_RECOMMENDED_FLAGS, analyticsReporting: false, treeMetadata: false });
  const stack = new StandAloneStack(app, 'Enricher', { settings: readSettings(app, 'dev') });
  const assembly = app.synth();
  const { template } = assembly.getStackByName(stack.stackName);
  rmSync(assembly.directory, { recursive: true });
  return template as Record<string, unknown>;
};

/** The same as YAML 1.1, which CloudFormation reads: what 1.2 would leave bare, such as a date, stands in quotes. */
export const asYaml = (template: Record<string, unknown>): string =>
  `# Written by nx run enricher:template; change the stack, not this file.\n` +
  stringify(template, { version: '1.1', aliasDuplicateObjects: false, lineWidth: 0 });
