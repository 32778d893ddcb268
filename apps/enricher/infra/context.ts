import { readContext, wholeSetting } from '@acme/cdk-kit';
import type { App } from 'aws-cdk-lib';
import * as z from 'zod';

/**
 * The settings of the enrichment pipeline as CDK context, by the names, units and defaults that it has always had. Its
 * `streamShardCount` is of the stream. Limits: Lambda API reference; under ten seconds no retry of DynamoDB fits in.
 */
const Context = z.object({
  environment: z
    .enum(['dev', 'staging', 'prod'])
    .optional()
    .describe('dev, staging or prod: value of the tag `environment`, default the stage'),
  lambdaMemorySize: wholeSetting(128, 10_240, 256, 'MB'),
  lambdaTimeout: wholeSetting(10, 900, 60, 'seconds'),
});
export type EnricherContext = z.output<typeof Context>;

/** @throws SettingsError for an unknown name or a bad value; it lists what is allowed */
export const enricherContext = (app: App): EnricherContext => readContext(app, Context);
