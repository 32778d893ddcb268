import * as z from 'zod';

/** A JSON Schema document, draft 2020-12. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

/**
 * The schema as JSON Schema (draft 2020-12), for readers in other languages. It states everything but the rules that
 * need more than one field's value: an event's size, depth and number of keys, and its time against its arrival.
 * Its `maxLength` counts characters, of which an emoji is one; the contract counts UTF-16 units, of which it is two.
 *
 * @param options.nulls whether an optional field may be `null` besides, which counts as left out. @default true, as the
 * parser takes it; false gives the fields as they come out of it, which is what columns are made of
 */
export const jsonSchemaOf = (schema: z.ZodType, { nulls = true } = {}): JsonSchema =>
  z.toJSONSchema(schema, {
    io: 'input',
    ...(nulls ? { override: ({ jsonSchema }) => allowNulls(jsonSchema) } : {}),
  });

/** Lets every optional field of an object be `null`. */
const allowNulls = ({ properties, required = [] }: z.core.JSONSchema.BaseSchema): void => {
  for (const [name, field] of Object.entries(properties ?? {})) {
    if (typeof field === 'boolean' || required.includes(name) || field.type === undefined) continue;
    if (Array.isArray(field.type) && field.type.includes('null')) continue;
    field.type = [field.type, 'null'].flat() as never;
    if (field.enum) field.enum = [...field.enum, null];
  }
};
