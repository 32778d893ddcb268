import { readContext } from '@acme/cdk-kit';
import type { App } from 'aws-cdk-lib';
import * as z from 'zod';

const whole = (least: number, most: number, otherwise: number, unit: string) =>
  z.coerce
    .number()
    .int()
    .min(least)
    .max(most)
    .default(otherwise)
    .describe(`${unit}, ${least} to ${most}, default ${otherwise}`);

/**
 * The settings of the enrichment pipeline as CDK context, by the names, units and defaults that it has always had. Its
 * `streamShardCount` is of the stream. Limits: Lambda API reference; under ten seconds no retry of DynamoDB fits in.
 */
const Context = z.object({
  environment: z
    .enum(['dev', 'staging', 'prod'])
    .optional()
    .describe('dev, staging or prod: value of the tag `environment`, default the stage'),
  lambdaMemorySize: whole(128, 10_240, 256, 'MB'),
  lambdaTimeout: whole(10, 900, 60, 'seconds'),
});
export type EnricherContext = z.output<typeof Context>;

/** @throws SettingsError for an unknown name or a bad value; it lists what is allowed */
export const enricherContext = (app: App): EnricherContext => readContext(app, Context);
