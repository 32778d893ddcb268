import type * as z from 'zod';
import { jsonSchemaOf } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';

/** A column as the Glue catalogue and Athena describe it. */
export interface GlueColumn {
  readonly name: string;
  /** A Hive type: `string`, `int`, `bigint`, `double`, `boolean`, `array<…>`. */
  readonly type: string;
  readonly comment: string;
}

/**
 * The columns of a table whose rows fit the schema, in the order of its fields.
 *
 * @throws Error for a field that has no column type, or no description
 */
export const glueColumnsOf = (schema: z.ZodObject): GlueColumn[] =>
  Object.entries(jsonSchemaOf(schema, { nulls: false }).properties ?? {}).map(([name, field]) => {
    if (typeof field === 'boolean' || !field.description) throw new Error(`field ${name} needs a description`);
    return { name, type: glueType(name, field), comment: field.description };
  });

const glueType = (name: string, field: JsonSchema): string => {
  switch (field.type) {
    case 'string':
    case 'boolean':
      return field.type;
    case 'number':
      return 'double';
    case 'integer':
      return fitsInt(field) ? 'int' : 'bigint';
    case 'array':
      return `array<${glueType(name, field.items as JsonSchema)}>`;
    default:
      throw new Error(`field ${name} has no column type; give it one in glue-columns.ts`);
  }
};

const fitsInt = ({ minimum = -Infinity, maximum = Infinity }: JsonSchema): boolean =>
  minimum >= -(2 ** 31) && maximum < 2 ** 31;
