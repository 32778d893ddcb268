import type { App } from 'aws-cdk-lib';
import * as z from 'zod';
import { dev } from '../stages/dev.ts';
import { local } from '../stages/local.ts';
import { prod } from '../stages/prod.ts';
import { Settings } from './settings.ts';

const stages: Readonly<Record<string, Settings>> = { dev, local, prod };

const shardCount = z.coerce.number().int().min(1).optional();

/**
 * Settings accepted as CDK context (`-c kinesisShardCount=4`), which wins: those that the reference systems name so,
 * `ledger`, to measure what it costs, and `transport`, to synthesise for the other one.
 */
const Context = z.object({
  ledger: z.stringbool().optional(),
  transport: Settings.shape.transport.optional(),
  kinesisShardCount: shardCount,
  /** The same by the name that the enrichment system gives it. */
  streamShardCount: shardCount,
  kinesisRetentionPeriod: z.coerce.number().int().min(24).max(8760).optional(),
});

/** The names of those settings, which every app accepts. */
export const platformContextKeys: readonly string[] = Object.keys(Context.shape);

/**
 * The settings of the stage that `STAGE` names (missing means dev), with CDK context applied.
 *
 * @throws SettingsError for an unknown stage or a value out of range; it names the setting and what is allowed
 */
export const readSettings = (app: App, stage: string | undefined = process.env.STAGE): Settings => {
  const chosen = stages[stage || 'dev'];
  if (!chosen) {
    throw new SettingsError(
      `STAGE is not one of ${Object.keys(stages).join(', ')}; add a file to libs/cdk-kit/stages for a new one`,
    );
  }
  const context = parsed(Context, contextOf(app), 'CDK context');
  const { streams } = chosen;
  const shards = context.kinesisShardCount ?? context.streamShardCount;
  if (context.streamShardCount !== undefined && context.streamShardCount !== shards)
    throw new SettingsError('CDK context: streamShardCount: is another name of kinesisShardCount; give one of them');
  return parsed(
    Settings,
    {
      ...chosen,
      ledger: context.ledger ?? chosen.ledger,
      transport: context.transport ?? chosen.transport,
      streams: {
        ...streams,
        clickstream: shards === undefined ? streams.clickstream : { mode: 'PROVISIONED', shards },
        retentionHours: context.kinesisRetentionPeriod ?? streams.retentionHours,
      },
    },
    `stage ${chosen.stage}`,
  );
};

const contextOf = (app: App): Record<string, unknown> =>
  Object.fromEntries(Object.keys(Context.shape).map((key) => [key, app.node.tryGetContext(key)]));

const parsed = <S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const refused = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new SettingsError(`${what}: ${refused.join('; ')}`);
};

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}
