import type { App } from 'aws-cdk-lib';
import * as z from 'zod';
import { platformContextKeys, SettingsError } from './read-settings.ts';

/**
 * An app's own settings, as CDK context gives them (`-c lambdaBatchSize=50`), checked.
 *
 * @throws SettingsError for a key that neither the app nor the platform knows, or a value out of range: it names each,
 * and what is allowed
 */
export const readContext = <S extends z.ZodObject>(app: App, schema: S): z.output<S> => {
  const given = Object.entries((app.node.getAllContext() ?? {}) as Record<string, unknown>).filter(
    ([key]) => !isOfCdk(key),
  );
  const own = Object.keys(schema.shape);
  const unknown = given.filter(([key]) => !own.includes(key) && !platformContextKeys.includes(key));
  const result = schema.safeParse(Object.fromEntries(given.filter(([key]) => own.includes(key))));
  if (unknown.length === 0 && result.success) return result.data;
  const refused = [
    ...unknown.map(([key]) => `${key}: is not a setting`),
    ...(result.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`),
  ];
  const allowed = own.map((key) => `${key} (${(schema.shape[key] as z.ZodType).description ?? 'see its schema'})`);
  throw new SettingsError(
    `CDK context: ${refused.join('; ')}. Allowed are ${[...allowed, ...platformContextKeys.filter((key) => !own.includes(key))].join(', ')}`,
  );
};

/** A setting that is a whole number; what is allowed is said with its unit. CDK context may give it as text. */
export const wholeSetting = (least: number, most: number, otherwise: number, unit: string) =>
  z.coerce
    .number()
    .int()
    .min(least)
    .max(most)
    .default(otherwise)
    .describe(`${unit}, ${least} to ${most}, default ${otherwise}`);

/** The same for a setting that the stage has, too: left out, the stage's counts. */
export const wholeOverride = (least: number, most: number, unit: string) =>
  z.coerce.number().int().min(least).max(most).optional().describe(`${unit}, ${least} to ${most}, default the stage's`);

/** CDK's own keys name their owner: `@aws-cdk/…`, `aws:cdk:…`, `availability-zones:…`. */
const isOfCdk = (key: string): boolean => /[@:/]/.test(key);
