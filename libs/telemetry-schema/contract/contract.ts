import type * as z from 'zod';
import { ClickstreamEvent } from '../src/clickstream-event.ts';
import { glueColumnsOf } from '../src/glue-columns.ts';
import type { JsonSchema } from '../src/json-schema.ts';
import { jsonSchemaOf } from '../src/json-schema.ts';
import type { GlueColumn } from '../src/glue-columns.ts';
import { tables } from '../src/tables.ts';
import { schemaVersion } from '../src/version.ts';
import { ViewingEvent } from '../src/viewing-event.ts';

/** One field's rules in the words of JSON Schema, without its description, whose wording is free. */
export interface Field {
  readonly required: boolean;
  readonly deprecated?: true;
  readonly rules: JsonSchema;
}

/** What readers and writers of one event family or table may count on. */
export interface Contract {
  /** `viewing`, `clickstream`, or the table's name. */
  readonly name: string;
  readonly kind: 'events' | 'table';
  /** Of events alone. */
  readonly schemaVersion?: string;
  /** By name; of a family with several event types by type and name, such as `purchase.amount`. */
  readonly fields: Readonly<Record<string, Field>>;
  /** Of tables alone: `name type`, in the order of the catalogue, partition keys after the others. */
  readonly columns?: readonly string[];
  readonly partitionKeys?: readonly string[];
}

/** The contract of a family of events. @param version what its events are of */
export const eventsContract = (name: string, schema: z.ZodType, version: string = schemaVersion): Contract => ({
  name,
  kind: 'events',
  schemaVersion: version,
  fields: fieldsOf(jsonSchemaOf(schema, { nulls: false })),
});

/** The contract of a table of the lake. */
export const tableContract = (
  name: string,
  { schema, partitionKeys }: { readonly schema: z.ZodObject; readonly partitionKeys: readonly GlueColumn[] },
): Contract => ({
  name,
  kind: 'table',
  fields: fieldsOf(jsonSchemaOf(schema, { nulls: false })),
  columns: glueColumnsOf(schema).map(columnText),
  partitionKeys: partitionKeys.map(columnText),
});

/** Everything this package promises now. */
export const currentContracts = (): Contract[] => [
  eventsContract('viewing', ViewingEvent),
  eventsContract('clickstream', ClickstreamEvent),
  ...Object.entries(tables).map(([name, table]) => tableContract(name, table)),
];

const columnText = ({ name, type }: GlueColumn): string => `${name} ${type}`;

const fieldsOf = ({ oneOf, properties = {}, required = [] }: JsonSchema): Record<string, Field> => {
  if (oneOf) {
    const types = oneOf.map((shape) => [typeNameOf(shape as JsonSchema), fieldsOf(shape as JsonSchema)] as const);
    return Object.fromEntries(
      types.flatMap(([type, fields]) => Object.entries(fields).map(([name, field]) => [`${type}.${name}`, field])),
    );
  }
  const described = Object.entries(properties as Readonly<Record<string, JsonSchema>>);
  return Object.fromEntries(
    described.map(([name, { deprecated, ...schema }]) => [
      name,
      { required: required.includes(name), ...(deprecated ? { deprecated } : {}), rules: rulesOf(schema) },
    ]),
  );
};

/** Of a branch of a discriminated union: its only field of one value. */
const typeNameOf = ({ properties = {} }: JsonSchema): string => {
  const [name] = Object.values(properties as Readonly<Record<string, JsonSchema>>)
    .map((field) => field.const)
    .filter((value) => value !== undefined);
  if (typeof name !== 'string') throw new Error('every shape of a family needs a field that names its event type');
  return name;
};

/** A format stands for its pattern, which is the validating library's own. */
const rulesOf = ({ description: _, pattern, items, ...rules }: JsonSchema): JsonSchema => ({
  ...rules,
  ...(pattern !== undefined && rules.format === undefined ? { pattern } : {}),
  ...(items === undefined ? {} : { items: rulesOf(items as JsonSchema) }),
});
