import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arrivedAtMs, aViewingEvent, examples } from './testing/index.ts';
import { parseViewingEvent, parseViewingLine, ViewingEvent } from './viewing-event.ts';

describe('parseViewingEvent', () => {
  it.each(examples.viewing)('takes only what keeps the rule: $rule', ({ good, bad, problems }) => {
    expect(parseViewingEvent(good, arrivedAtMs)).toEqual({ ok: true, value: good });
    expect(parseViewingEvent(bad, arrivedAtMs)).toEqual({ ok: false, problems });
  });

  it('has an example of a bad value for every field', () => {
    const shown = new Set(examples.viewing.flatMap(({ problems }) => problems.map(({ field }) => field)));
    expect([...shown].sort()).toEqual(['(event)', ...Object.keys(ViewingEvent.shape)].sort());
  });

  it('allows fields of a later version and drops them', () => {
    const later = { ...aViewingEvent(), bitrate_kbps: 4200, nested: { deep: [1] } };
    expect(parseViewingEvent(later, arrivedAtMs)).toEqual({ ok: true, value: aViewingEvent() });
  });

  it('takes an event as the reference table lists it, without a session', () => {
    const { session_id: _, ...listed } = aViewingEvent();
    expect(parseViewingEvent(listed, arrivedAtMs)).toEqual({ ok: true, value: listed });
  });

  it('names everything that is wrong, in the order of the fields, the believability of the time last', () => {
    const bad = { ...aViewingEvent({ event_timestamp: '1970-01-01T00:00:00Z' }), quality: '8K', event_id: 7 };
    expect(parseViewingEvent(bad, arrivedAtMs)).toEqual({
      ok: false,
      problems: [
        { field: 'event_id', reason: 'must be a string, not a number' },
        { field: 'quality', reason: 'must be one of SD, HD, 4K' },
        { field: 'event_timestamp', reason: 'must not be before 2000-01-01T00:00:00Z' },
      ],
    });
  });

  it('quotes no value back, whatever the field', () => {
    const secret = 'hunter2 /../';
    const bad = Object.fromEntries(Object.keys(ViewingEvent.shape).map((field) => [field, secret]));
    const parsed = parseViewingEvent(bad, arrivedAtMs);
    expect(parsed.ok ? [] : parsed.problems).toHaveLength(Object.keys(ViewingEvent.shape).length);
    expect(JSON.stringify(parsed)).not.toContain('hunter2');
  });
});

describe('parseViewingLine', () => {
  it.each(examples.viewingLines)('takes only a line that keeps the rule: $rule', ({ good, bad, problems }) => {
    expect(parseViewingLine(good, arrivedAtMs)).toEqual({ ok: true, value: aViewingEvent() });
    expect(parseViewingLine(bad, arrivedAtMs)).toEqual({ ok: false, problems });
  });

  it('quotes nothing of a line that is not JSON', () => {
    expect(JSON.stringify(parseViewingLine('{"password": hunter2}', arrivedAtMs))).not.toContain('hunter2');
  });

  it('takes no number that only JSON can write', () => {
    const line = JSON.stringify(aViewingEvent()).replace('25.5', '1e999');
    expect(parseViewingLine(line, arrivedAtMs)).toEqual({
      ok: false,
      problems: [{ field: 'completion_percentage', reason: 'must be a finite number' }],
    });
  });

  it('is not misled by a prototype in the text', () => {
    const line = `{"__proto__":${JSON.stringify(aViewingEvent())}}`;
    expect(parseViewingLine(line, arrivedAtMs)).toMatchObject({ ok: false });
  });

  it('answers any JSON at all with problems of known fields', () => {
    const known = ['(event)', ...Object.keys(ViewingEvent.shape)];
    const field = fc.constantFrom(...known);
    const anything = fc.oneof(
      fc.json(),
      fc.dictionary(field, fc.jsonValue()).map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(anything, (line) => {
        const parsed = parseViewingLine(line, arrivedAtMs);
        const fields = parsed.ok ? [] : parsed.problems.map((problem) => problem.field);
        expect(fields.length).toBeGreaterThan(0);
        expect(known).toEqual(expect.arrayContaining(fields));
        expect(new Set(fields).size).toBe(fields.length);
      }),
    );
  });
});
