import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type * as z from 'zod';
import { ClickstreamEvent } from './clickstream-event.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { tables } from './tables.ts';
import type { Example } from './testing/index.ts';
import { aViewingEvent, examples } from './testing/index.ts';
import { ViewingEvent } from './viewing-event.ts';

// Formats are annotations in this draft; where the schema means them, a pattern says the same.
const ajv = new Ajv2020({ validateFormats: false, allErrors: true });

const derived: readonly (readonly [string, z.ZodType, readonly Example[]])[] = [
  ['a viewing event', ViewingEvent, examples.viewing],
  ['a clickstream event', ClickstreamEvent, examples.clickstream],
  ...Object.entries(tables).map(
    ([name, { schema }]) => [`a row of ${name}`, schema, examples.rows[name as keyof typeof tables]] as const,
  ),
];

describe.each(derived)('the JSON Schema of %s', (_, schema, rules) => {
  const fits = ajv.compile(jsonSchemaOf(schema));

  it.each(rules)('agrees with the parser: $rule', ({ good, bad, beyondJsonSchema = false }) => {
    expect([fits(good), fits(bad)]).toEqual([true, beyondJsonSchema]);
  });
});

describe('jsonSchemaOf', () => {
  it('allows fields of a later version, as the parser does', () => {
    expect(ajv.validate(jsonSchemaOf(ViewingEvent), { ...aViewingEvent(), bitrate_kbps: 4200 })).toBe(true);
  });

  it('carries the description of every field', () => {
    const described = Object.entries(jsonSchemaOf(ViewingEvent).properties ?? {}).map(([name, field]) => [
      name,
      typeof field === 'object' && field.description,
    ]);
    const written = Object.entries(ViewingEvent.shape).map(([name, { description }]) => [name, description]);
    expect(described).toEqual(written);
    expect(written.every(([, description]) => description)).toBe(true);
  });

  it('has one branch for every type of clickstream event', () => {
    expect(jsonSchemaOf(ClickstreamEvent).oneOf).toHaveLength(ClickstreamEvent.options.length);
  });
});
