import type * as z from 'zod';
import type { BuiltResource, ResourceKind, ResourcePlace } from './resource-kind.ts';
import { TemplateError } from './template-error.ts';

/**
 * Checks a resource's properties and builds it.
 *
 * @param properties resolved; a strict schema decides which may stand there
 * @throws TemplateError for a property that is not known, and around whatever the engine throws
 */
export const buildResource = async (
  kind: ResourceKind,
  type: string,
  properties: Readonly<Record<string, unknown>>,
  place: ResourcePlace,
): Promise<BuiltResource> => {
  const all = kind.properties.safeParse(properties);
  const checked = all.success ? all : kind.properties.safeParse(withoutTags(properties));
  if (!checked.success) {
    throw new TemplateError(
      { ...place, path: 'Properties' },
      `${type} is not built here with these properties (${checked.error.issues.map(refusal).join('; ')})`,
      'honour them in its kind in tools/local/src, or change the app',
    );
  }
  try {
    return await kind.build(checked.data, place);
  } catch (cause) {
    if (cause instanceof TemplateError) throw cause;
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new TemplateError(place, `${type} could not be built`, problem, { cause });
  }
};

const refusal = ({ path, message }: z.core.$ZodIssue): string => [path.join('.'), message].filter(Boolean).join(': ');

/** Tags describe and bill; a kind that has no use for them need not list them. */
const withoutTags = ({ Tags: _, ...properties }: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  properties;
