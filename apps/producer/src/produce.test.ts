import { aClickstreamEvent, aViewingEvent } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { judgeOf } from './event-family.ts';
import { CallError, callOf, incoming } from './input.ts';
import { recordBytes } from './pack.ts';
import { byBucket, byKey } from './partition-key.ts';
import { check } from './produce.ts';

const noon = Date.UTC(2026, 0, 1, 12);
const event = (fields: Record<string, unknown> = {}) => ({
  ...aViewingEvent({ event_timestamp: '2026-01-01T11:59:00.000Z' }),
  ...fields,
});
const linesOf = (packed: ReturnType<typeof check>['packed']) =>
  [...packed.values()].flat().flatMap(({ data }) => data.toString().trimEnd().split('\n'));

describe('check', () => {
  it('takes an array, NDJSON text and one event alike', () => {
    const two = [event({ event_id: 'one' }), event({ event_id: 'two' })];
    const lines = two.map((one) => JSON.stringify(one));
    for (const input of [two, lines, lines.join('\n'), `${lines.join('\r\n')}\n\n`]) {
      const { accepted, rejected, packed } = check(incoming(input), byKey, noon);
      expect({ accepted, rejected, lines: linesOf(packed) }).toEqual({ accepted: 2, rejected: [], lines });
    }
    expect(check(incoming(two[0]), byKey, noon).accepted).toBe(1);
  });

  it('takes an empty batch for what it is', () => {
    for (const input of ['', '\n', []])
      expect(check(incoming(input), byKey, noon)).toMatchObject({ accepted: 0, rejected: [] });
  });

  it('rejects each bad event by place, field and reason, and lets its neighbours go on', () => {
    const { accepted, rejected } = check(
      incoming([
        event(),
        '{"event_id": ',
        event({ event_type: 'rewind' }),
        event({ watch_duration_seconds: -1 }),
        event({ event_timestamp: '1970-01-01T00:00:00.000Z' }),
        event({ event_timestamp: '2027-01-01T00:00:00.000Z' }),
        event({ padding: 'x'.repeat(300_000) }),
        null,
        event(),
      ]),
      byKey,
      noon,
    );
    expect(accepted).toBe(2);
    expect(rejected.map(({ index, problems: [first] }) => [index, first?.field])).toEqual([
      [1, '(event)'],
      [2, 'event_type'],
      [3, 'watch_duration_seconds'],
      [4, 'event_timestamp'],
      [5, 'event_timestamp'],
      [6, '(event)'],
      [7, '(event)'],
    ]);
    for (const { problems } of rejected) expect(problems[0]?.reason).toMatch(/\w/);
  });

  it('never quotes a rejected value in its reasons', () => {
    const { rejected } = check(
      incoming([event({ event_type: 'secret-4711' }), event({ quality: 'secret-4711' })]),
      byKey,
      noon,
    );
    expect(rejected).toHaveLength(2);
    for (const { problems } of rejected) expect(JSON.stringify(problems)).not.toContain('4711');
  });

  it('packs the events of a key together, in order, up to the size of a record', () => {
    const many = Array.from({ length: 200 }, (_, index) => event({ event_id: `e-${index}` }));
    const { packed } = check(incoming(many), byKey, noon);
    const records = [...packed.values()].flat();
    expect(records.length).toBeGreaterThan(1);
    expect(records.every(({ data }) => data.length <= recordBytes)).toBe(true);
    expect(linesOf(packed).map((line) => JSON.parse(line).event_id)).toEqual(many.map(({ event_id }) => event_id));
  });

  it('gives a customer the same bucket always, and uses all buckets', () => {
    const bucket = byBucket(8);
    expect(bucket('cus-000001')).toBe(bucket('cus-000001'));
    const used = new Set(Array.from({ length: 500 }, (_, index) => bucket(`cus-${index}`)));
    expect([...used].sort()).toEqual(Array.from({ length: 8 }, (_, index) => `bucket-${index}`));
  });
});

describe('a call', () => {
  const one = { event_id: 'one' };

  it('is of viewing events, unless it says which family it is of', () => {
    const events = [{ text: JSON.stringify(one), value: one }];
    for (const input of [one, [one], { family: 'viewing', events: [one] }]) {
      expect(callOf(input)).toEqual({ family: 'viewing', events });
    }
    expect(callOf({ family: 'clickstream', events: 'a\nb' })).toEqual({
      family: 'clickstream',
      events: [{ text: 'a' }, { text: 'b' }],
    });
  });

  it.each([
    { family: 'tv', events: [] },
    { family: 'clickstream' },
    { family: 'clickstream', events: [], dial: {} },
    { family: 7, events: [] },
  ])('is refused when it reads otherwise: %j', (input) => {
    expect(() => callOf(input)).toThrow(CallError);
  });
});

describe('check of the clickstream', () => {
  const checked = (events: unknown) => check(incoming(events), byKey, noon, undefined, judgeOf.clickstream);
  const click = aClickstreamEvent('click', { timestamp: '2026-01-01T11:59:00.000Z' });

  it('takes events in every spelling, as they came, keyed by their user', () => {
    const snake = JSON.stringify({
      event_type: 'PAGE_VIEW',
      event_id: 'e-2',
      user_id: click.userId,
      page: '/home',
      timestamp: click.timestamp,
    });
    for (const input of [
      [JSON.stringify(click), snake],
      [click, JSON.parse(snake)],
    ]) {
      const { accepted, packed } = checked(input);
      expect({ accepted, lines: linesOf(packed), keys: [...packed.keys()] }).toEqual({
        accepted: 2,
        lines: [JSON.stringify(click), snake],
        keys: [click.userId],
      });
      expect([...packed.values()].flat().flatMap(({ ids }) => ids)).toEqual([click.eventId, 'e-2']);
    }
  });

  it('refuses what could not be told from its copy, and what the contract refuses', () => {
    const { rejected } = checked([
      { ...click, eventId: undefined },
      { ...click, timestamp: undefined },
      { ...click, eventType: 'hover' },
      event(),
      { ...click, padding: 'x'.repeat(300_000) },
    ]);
    expect(rejected.map(({ index, problems: [first] }) => [index, first?.field, first?.reason])).toEqual([
      [0, 'eventId', 'is missing'],
      [1, 'timestamp', 'is missing'],
      [2, 'eventType', 'must be one of page_view, purchase, user_signup, click, error, add_to_cart'],
      [3, 'eventType', 'must be one of page_view, purchase, user_signup, click, error, add_to_cart'],
      [4, '(event)', 'must be at most 262144 bytes long'],
    ]);
  });
});
