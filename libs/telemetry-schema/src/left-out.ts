import * as z from 'zod';

/**
 * A value without its optional fields that are `null`: to many senders that is how a field is left out. A required field
 * keeps its `null`, and is refused for it. Gives the value itself where there is nothing to take away.
 */
export const withoutNulls = (schema: z.ZodType, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const optional = optionalFieldsOf(schema, value as Fields);
  const kept = Object.entries(value).filter(([name, given]) => given !== null || !optional.has(name));
  return kept.length === Object.keys(value).length ? value : Object.fromEntries(kept);
};

type Fields = Readonly<Record<string, unknown>>;

/** The fields that may be left out; of a union by type, those of the type that the value says it has. */
const optionalFieldsOf = (schema: z.ZodType, value: Fields): ReadonlySet<string> => {
  const shape = schema instanceof z.ZodDiscriminatedUnion ? shapeOf(schema, value) : schema;
  if (!(shape instanceof z.ZodObject)) return new Set();
  const known = optionalFields.get(shape) ?? namesOf(shape);
  optionalFields.set(shape, known);
  return known;
};

const optionalFields = new WeakMap<z.ZodObject, ReadonlySet<string>>();

const namesOf = ({ shape }: z.ZodObject): ReadonlySet<string> =>
  new Set(Object.keys(shape).filter((name) => (shape[name] as z.ZodType).safeParse(undefined).success));

const shapeOf = ({ options, def }: z.ZodDiscriminatedUnion, value: Fields): z.core.$ZodType | undefined =>
  options.find(
    (option) =>
      option instanceof z.ZodObject &&
      (option.shape[def.discriminator] as z.ZodType).safeParse(value[def.discriminator]).success,
  );
