import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { clickstreamEventTypes, parseClickstreamLine } from './clickstream-event.ts';
import { eventTypes, parseViewingLine } from './viewing-event.ts';

const samples = join(import.meta.dirname, '..', 'samples');
const arrivedAtMs = Date.UTC(2026, 10, 21, 12, 0, 1);

describe.each([
  { family: 'viewing', types: eventTypes, typeField: 'event_type', parse: parseViewingLine },
  { family: 'clickstream', types: clickstreamEventTypes, typeField: 'eventType', parse: parseClickstreamLine },
])('the $family samples', ({ family, types, typeField, parse }) => {
  it('are one file for every event type', () => {
    expect(readdirSync(join(samples, family)).sort()).toEqual(types.map((type) => `${type}.json`).sort());
  });

  it.each(types)('hold a valid %s event, and nothing that the schema does not know', (type) => {
    const text = readFileSync(join(samples, family, `${type}.json`), 'utf8');
    const event: unknown = JSON.parse(text);
    expect(event).toMatchObject({ [typeField]: type });
    expect(parse(text, arrivedAtMs)).toEqual({ ok: true, value: event });
  });
});
