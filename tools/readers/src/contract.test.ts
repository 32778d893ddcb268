// What the contract makes of events that are nearly right: its values are the sender's, and the published JSON Schema says
// the same of them as the parser.
import {
  ClickstreamEvent,
  families,
  jsonSchemaOf,
  parseClickstreamEvent,
  parseViewingEvent,
  type Problem,
  ViewingEvent,
} from '@acme/telemetry-schema';
import { arrivedAtMs } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { anEvent } from './senders/records.ts';

const limits = { numRuns: 1_000, interruptAfterTimeLimit: 20_000 };

const parse = { viewing: parseViewingEvent, clickstream: parseClickstreamEvent } as const;
const schema = { viewing: ViewingEvent, clickstream: ClickstreamEvent } as const;

/** An event that is JSON, as its value. */
const aValue = (family: (typeof families)[number]): fc.Arbitrary<unknown> =>
  anEvent(family)
    .filter(isJson)
    .map((text) => JSON.parse(text) as unknown);

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Text as every reader can have it. */
const readable = (value: unknown): unknown =>
  typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\ufffd') : value;

describe.each(families)('of %s events that are nearly right', (family) => {
  it('the contract keeps the values that their senders gave, and nothing else', () => {
    let kept = 0;
    fc.assert(
      fc.property(aValue(family), (value) => {
        const parsed = parse[family](value, arrivedAtMs);
        if (!parsed.ok) return;
        kept += 1;
        const given = value as Readonly<Record<string, unknown>>;
        for (const [name, field] of Object.entries(parsed.value)) {
          expect([name, field]).toEqual([name, readable(given[name])]);
          expect(Object.hasOwn(given, name)).toBe(true);
        }
      }),
      limits,
    );
    expect(kept).toBeGreaterThan(0);
  });

  it('what the contract has parsed it parses again to the same, wherever it is read on its way', () => {
    fc.assert(
      fc.property(aValue(family), (value) => {
        const parsed = parse[family](value, arrivedAtMs);
        if (!parsed.ok) return;
        const line = JSON.stringify(parsed.value);
        const again = parse[family](JSON.parse(line), arrivedAtMs);
        expect(again.ok ? JSON.stringify(again.value) : again.problems).toEqual(line);
      }),
      limits,
    );
  });

  it('the JSON Schema takes those that the parser takes, but for depth, number of keys, time and the length of emojis', () => {
    const isValid = new Ajv2020({ strict: false, validateFormats: false }).compile(jsonSchemaOf(schema[family]));
    fc.assert(
      fc.property(aValue(family), (value) => {
        const parsed = parse[family](value, arrivedAtMs);
        const problems = parsed.ok ? [] : parsed.problems;
        if (problems.length > 0 && problems.every((problem) => isBeyondSchemas(problem, value))) return;
        expect([isValid(value), problems]).toEqual([parsed.ok, problems]);
      }),
      limits,
    );
  });
});

/** Whether a schema cannot say it: what takes more than one value, or counts the two UTF-16 units of an emoji. */
const isBeyondSchemas = ({ field, reason }: Problem, value: unknown): boolean => {
  if (/^must be nested at most|^must have at most 1000 keys|^must not be (before|more than)/.test(reason)) return true;
  const [, most] = /^must be at most (\d+) characters long$/.exec(reason) ?? [];
  const text = (value as Readonly<Record<string, unknown>>)[field];
  return most !== undefined && typeof text === 'string' && [...text].length <= Number(most);
};
