import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type * as z from 'zod';
import { ClickstreamEvent, clickstreamEventTypes, parseClickstreamEvent } from './clickstream-event.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { parseRow } from './parsed.ts';
import { tables } from './tables.ts';
import { aClickstreamEvent, arrivedAtMs, aViewingEvent, examples } from './testing/index.ts';
import { parseViewingEvent, ViewingEvent } from './viewing-event.ts';

const ajv = new Ajv2020({ validateFormats: false });
const validators = new Map(
  [ViewingEvent, ClickstreamEvent].map((of) => [of as z.ZodType, ajv.compile(jsonSchemaOf(of))]),
);
/** Whether another team's validator would take an event, by the published JSON Schema. */
const isTakenByJsonSchema = (schema: z.ZodType, event: unknown): boolean | undefined =>
  validators.get(schema)?.(event) as boolean | undefined;
const parseAny = { viewing: parseViewingEvent, clickstream: parseClickstreamEvent };

/** Every field of a shape with a valid value that has it, and whether it may be left out. */
const fieldsOf = (shape: z.ZodObject['shape']) =>
  Object.keys(shape).map((field) => ({
    field,
    isOptional: (shape[field] as z.ZodType).safeParse(undefined).success,
  }));

const families = [
  { family: 'viewing' as const, schema: ViewingEvent, shape: ViewingEvent.shape, valid: aViewingEvent() },
  ...clickstreamEventTypes.map((type) => ({
    family: 'clickstream' as const,
    schema: ClickstreamEvent,
    shape: ClickstreamEvent.options.find(({ shape }) => shape.eventType.value === type)?.shape as z.ZodObject['shape'],
    valid: aClickstreamEvent(type),
  })),
];

const cases = families.flatMap(({ family, schema, shape, valid }) =>
  fieldsOf(shape).map(({ field, isOptional }) => ({
    title: 'eventType' in valid ? `${valid.eventType}.${field}` : field,
    family,
    schema,
    field,
    isOptional,
    valid: valid as Readonly<Record<string, unknown>>,
  })),
);

describe('a field that is null', () => {
  it.each(cases.filter(({ isOptional }) => isOptional))('counts as left out where that is allowed: $title', (one) => {
    const { [one.field]: _, ...without } = one.valid;
    const given = Object.freeze({ ...one.valid, [one.field]: null });
    expect(parseAny[one.family](given, arrivedAtMs)).toEqual({ ok: true, value: without });
    expect(isTakenByJsonSchema(one.schema, given)).toBe(true);
  });

  it.each(cases.filter(({ isOptional }) => !isOptional))('is refused where the field is required: $title', (one) => {
    const given = { ...one.valid, [one.field]: null };
    const parsed = parseAny[one.family](given, arrivedAtMs);
    expect(parsed.ok ? [] : parsed.problems.map(({ field }) => field)).toEqual([one.field]);
    expect(isTakenByJsonSchema(one.schema, given)).toBe(false);
  });

  it('hides nothing else that is wrong', () => {
    const bad = { ...aViewingEvent(), session_id: null, quality: null, watch_duration_seconds: -1 };
    expect(parseViewingEvent(bad, arrivedAtMs)).toEqual({
      ok: false,
      problems: [
        { field: 'quality', reason: 'must be one of SD, HD, 4K' },
        { field: 'watch_duration_seconds', reason: 'must be at least 0' },
      ],
    });
  });

  it('counts as left out in rows of tables too', () => {
    const [good] = examples.rows.clickstream_events.map((example) => example.good as object);
    expect(parseRow(tables.clickstream_events.schema, { ...good, signup_method: null })).toEqual({
      ok: true,
      value: good,
    });
  });

  it('is no item of a list', () => {
    const [good] = examples.rows.customers.map((example) => example.good as object);
    expect(parseRow(tables.customers.schema, { ...good, preferred_genres: [null] })).toEqual({
      ok: false,
      problems: [{ field: 'preferred_genres.0', reason: 'must be a string, not null' }],
    });
  });
});
