import type * as z from 'zod';

/**
 * A process's settings, checked once at cold start.
 *
 * @throws EnvError naming every refused variable; it prints no value
 */
export const readEnv = <S extends z.ZodType>(schema: S, source: NodeJS.ProcessEnv = process.env): z.infer<S> => {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  const refused = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new EnvError(`bad environment - ${refused.join('; ')}`);
};

/** What a stack must hand to a process that reads S; settings with a default may be left out. */
export type EnvOf<S extends z.ZodType> = { readonly [Name in keyof z.input<S>]: string };

export class EnvError extends Error {
  override readonly name = 'EnvError';
}
