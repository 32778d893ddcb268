import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseClickstreamLine } from './clickstream-event.ts';
import { text } from './fields.ts';
import { aClickstreamEvent, arrivedAtMs } from './testing/index.ts';

const line = (message: string): string => JSON.stringify({ ...aClickstreamEvent('error'), errorMessage: message });
const landed = (json: string): unknown => {
  const parsed = parseClickstreamLine(json, arrivedAtMs);
  return parsed.ok && parsed.value.eventType === 'error' ? parsed.value.errorMessage : parsed;
};

describe('a text', () => {
  it.each([
    ['half an emoji at its end', 'cut \ud83d', 'cut \ufffd'],
    ['half an emoji at its start', '\ude00 cut', '\ufffd cut'],
    ['halves in the wrong order', '\ude00\ud83d', '\ufffd\ufffd'],
    ['a null character', 'a\0b\0', 'a\ufffdb\ufffd'],
  ])('with %s comes out with U+FFFD in its place', (_, sent, comes) => {
    expect(landed(line(sent))).toBe(comes);
  });

  it.each(['😀', 'Café', 'a\u2028b', '\u0001', '\ufeffa', '"\\/'])('stays as it was sent otherwise: %j', (sent) => {
    expect(landed(line(sent))).toBe(sent);
  });

  it('is well-formed whatever was sent, as long as before, and not changed by a second reading', () => {
    const any = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(any, (units) => {
        const sent = String.fromCharCode(...units);
        const once = text(64).parse(sent);
        expect([once.isWellFormed(), once.includes('\0'), once.length]).toEqual([true, false, sent.length]);
        expect(text(64).parse(once)).toBe(once);
      }),
    );
  });

  it('may be no longer than it may, whatever it holds', () => {
    expect(landed(line('\ud83d'.repeat(4097)))).toEqual({
      ok: false,
      problems: [{ field: 'errorMessage', reason: 'must be at most 4096 characters long' }],
    });
  });
});

describe('a key that stands twice', () => {
  it('counts as it stands last, and keys of another case are other keys', () => {
    const event = aClickstreamEvent('error');
    const twice = `${JSON.stringify(event).slice(0, -1)},"ERRORMESSAGE":"no","errorMessage":"last"}`;
    expect(parseClickstreamLine(twice, arrivedAtMs)).toEqual({ ok: true, value: { ...event, errorMessage: 'last' } });
  });
});

describe('the line of an event', () => {
  it('has the fields of the schema in its order, and whole numbers without a fraction, however it was sent', () => {
    const sent =
      '{"unknown":{"a":[1]},"timestamp":"2026-11-21T09:30:00Z","quantity":2.0e0,"amount":-0,"userId":"auth0|u",' +
      '"productId":"p-1","currency":"EUR","eventId":"e-1","eventType":"add_to_cart","quantity":30e-1}';
    const parsed = parseClickstreamLine(sent, arrivedAtMs);
    expect(parsed.ok && JSON.stringify(parsed.value)).toBe(
      '{"eventType":"add_to_cart","eventId":"e-1","userId":"auth0|u","timestamp":"2026-11-21T09:30:00Z","productId":"p-1",' +
        '"quantity":3,"amount":0,"currency":"EUR"}',
    );
  });
});
