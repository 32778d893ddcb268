import { readContext, wholeOverride, wholeSetting } from '@acme/cdk-kit';
import type { App } from 'aws-cdk-lib';
import * as z from 'zod';

/**
 * The settings of the real-time analytics pipeline as CDK context, by the names, units and defaults that it has always
 * had. Its `kinesisShardCount` and `kinesisRetentionPeriod` are of the stream. Limits: Lambda API reference.
 */
const Context = z.object({
  lambdaMemorySize: wholeSetting(128, 10_240, 512, 'MB'),
  lambdaTimeout: wholeSetting(1, 15, 5, 'minutes'),
  lambdaBatchSize: wholeOverride(1, 10_000, 'records'),
  lambdaMaxBatchingWindow: wholeOverride(0, 300, 'seconds'),
  environment: z
    .string()
    .regex(/^[A-Za-z0-9_.:/=+@-]{1,128}$/, 'must be a tag value: 1 to 128 letters, digits, or _.:/=+@-')
    .optional()
    .describe('value of the tag `environment`, default the stage'),
});
export type AnalyticsContext = z.output<typeof Context>;

/** @throws SettingsError for an unknown name or a bad value; it lists what is allowed */
export const analyticsContext = (app: App): AnalyticsContext => readContext(app, Context);
