import { aClickstreamEvent, aViewingEvent } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { judgeOf } from './event-family.ts';
import { callOf, incoming } from './input.ts';
import { recordBytes } from './pack.ts';
import { byBucket, byKey } from './partition-key.ts';
import { check, refusedAll } from './check.ts';

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

  it('takes a text with line breaks in it for one event, in an array, alone, and among lines', () => {
    const [first, second, third] = ['one', 'two', 'three'].map((event_id) => event({ event_id }));
    const pretty = JSON.stringify(second, null, 2);
    const texts = [JSON.stringify(first), pretty, JSON.stringify(third)];
    for (const input of [texts, texts.join('\n'), `\ufeff${texts.join('\r\n')}`]) {
      const { accepted, rejected, packed } = check(incoming(input), byKey, noon);
      const lines = [first, second, third].map((one) => JSON.stringify(one));
      expect({ accepted, rejected, lines: linesOf(packed) }).toEqual({ accepted: 3, rejected: [], lines });
    }
    expect(check(incoming(pretty), byKey, noon).accepted).toBe(1);
  });

  it('sends what the contract has parsed and no more: known fields once each, in its order', () => {
    const { session_id: _, ...others } = event({ event_id: 'one' });
    const sent = `{"note":"cut \\ud83d","event_id":"first",${JSON.stringify(others).slice(1, -1)},"session_id":null}`;
    expect(linesOf(check(incoming(sent), byKey, noon).packed)).toEqual([JSON.stringify(others)]);
  });

  it('puts aside what is nested too deep, text or value, as it came, and its neighbours go on', () => {
    const deep = `{"note":${'['.repeat(20_000)}${']'.repeat(20_000)},${JSON.stringify(event()).slice(1)}`;
    for (const input of [
      [event(), deep, event()],
      [event(), JSON.parse(deep), event()],
    ]) {
      const { accepted, rejected } = check(incoming(input), byKey, noon);
      expect(accepted).toBe(2);
      expect(rejected).toEqual([
        {
          index: 1,
          class: 'schema',
          problems: [{ field: '(event)', reason: 'must be nested at most 32 levels deep' }],
          raw: deep,
        },
      ]);
    }
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

  const notAFamily = { field: 'family', reason: 'must be one of viewing, clickstream' };
  const notACall = {
    field: '(call)',
    reason: 'must read { family, events }, events being an array, NDJSON text, or one event',
  };
  it.each([
    [{ family: 'tv', events: [one, one] }, notAFamily, [one, one]],
    [{ family: 7, events: 'a\nb' }, notAFamily, ['a', 'b']],
    [{ family: 'tv' }, notAFamily, [{ family: 'tv' }]],
    [{ family: 'clickstream' }, notACall, [{ family: 'clickstream' }]],
    [
      { family: 'clickstream', events: [one], dial: {} },
      notACall,
      [{ family: 'clickstream', events: [one], dial: {} }],
    ],
  ])('that reads otherwise is answered: every event of it is refused, as it came: %j', (input, problem, events) => {
    const call = callOf(input);
    expect(call).toEqual({ problem, events: incoming(events) });
    expect(refusedAll(call.events, problem)).toEqual({
      packed: new Map(),
      accepted: 0,
      rejected: events.map((event, index) => {
        const raw = typeof event === 'string' ? event : JSON.stringify(event);
        return { index, class: typeof event === 'string' ? 'undecodable' : 'schema', problems: [problem], raw };
      }),
    });
  });
});

describe('check of the clickstream', () => {
  const checked = (events: unknown) => check(incoming(events), byKey, noon, undefined, judgeOf.clickstream);
  const click = aClickstreamEvent('click', { timestamp: '2026-01-01T11:59:00.000Z' });

  it('takes events in every spelling and sends them in the contract’s own, keyed by their user', () => {
    const snake = JSON.stringify({
      event_type: 'PAGE_VIEW',
      event_id: 'e-2',
      user_id: click.userId,
      page: '/home',
      timestamp: click.timestamp,
    });
    const respelt = {
      eventType: 'page_view',
      eventId: 'e-2',
      userId: click.userId,
      timestamp: click.timestamp,
      pageUrl: '/home',
    };
    for (const input of [
      [JSON.stringify(click), snake],
      [click, JSON.parse(snake)],
    ]) {
      const { accepted, packed } = checked(input);
      expect({ accepted, lines: linesOf(packed), keys: [...packed.keys()] }).toEqual({
        accepted: 2,
        lines: [JSON.stringify(click), JSON.stringify(respelt)],
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
