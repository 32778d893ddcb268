import {
  type ClickstreamEvent,
  decodeClickstreamLine,
  parseClickstreamLine,
  parseViewingLine,
  type ViewingEvent,
} from '@acme/telemetry-schema';
import { describe, expect, it } from '@jest/globals';
import { clickstreamEvents } from '../clickstream/events.ts';
import { fixedClock } from '../clock.ts';
import { openUniverse } from '../universe/universe.ts';
import { viewingEvents } from '../viewing/events.ts';
import { clickstreamFaults } from './clickstream.ts';
import type { FaultFamily } from './family.ts';
import type { FaultKind } from './event-faults.ts';
import { faultyLines } from './lines.ts';
import { viewingFaults } from './viewing.ts';

const universe = openUniverse(42);
const atMs = Date.UTC(2026, 10, 21, 20);
const range = { from: 0, count: 2048, clock: fixedClock(atMs) };
const viewing: readonly ViewingEvent[] = viewingEvents(universe, range);
const clicks: readonly ClickstreamEvent[] = clickstreamEvents(universe, range);

const linesOf = (kind: FaultKind, family: FaultFamily): string[] =>
  faultyLines(universe, { ...range, dial: { [kind]: 1 } }, family);

/** What the contract makes of a line that it takes. */
const parsedOf = (line: string, family: FaultFamily): unknown => {
  const parsed = family === viewingFaults ? parseViewingLine(line, atMs) : parseClickstreamLine(line, atMs);
  if (family === clickstreamFaults) expect(decodeClickstreamLine(line, atMs)).toEqual(parsed);
  return parsed.ok ? parsed.value : parsed.problems;
};

describe.each([
  { name: 'viewing', family: viewingFaults, clean: viewing, person: 'customer_id' },
  { name: 'clickstream', family: clickstreamFaults, clean: clicks, person: 'userId' },
])('hostile lines of $name', ({ family, clean, person }) => {
  it.each(['duplicateKeys', 'otherCase', 'byteOrderMark', 'prettyPrinted'] as const)(
    'are the same events to who reads them right, and no line is as it was: %s',
    (kind) => {
      const lines = linesOf(kind, family);
      expect(lines.map((line) => parsedOf(line, family))).toEqual(clean);
      expect(lines.filter((line, at) => line === JSON.stringify(clean[at]))).toEqual([]);
    },
  );

  it('give another value to who takes the first of two keys, of every field that is counted', () => {
    const doubled = new Set<string>();
    for (const [at, line] of linesOf('duplicateKeys', family).entries()) {
      const [, key = '', value = ''] = /^\{("[^"]+"):("[^"]*"|-?\d+),/.exec(line) ?? [];
      const field = JSON.parse(key) as string;
      doubled.add(`${field}${key === JSON.stringify(field) ? '' : ', escaped'}`);
      expect(JSON.parse(value)).not.toEqual((clean[at] as unknown as Record<string, unknown>)[field]);
    }
    const fields =
      family === viewingFaults
        ? ['event_id', 'event_timestamp', 'event_type', 'customer_id', 'title_id', 'device_type']
        : ['eventId', 'timestamp', 'eventType', 'userId', 'deviceType', 'pageUrl', 'amount', 'currency'];
    const all = family === viewingFaults ? [...fields, 'watch_duration_seconds'] : fields;
    expect(doubled).toEqual(new Set(all.flatMap((field) => [field, `${field}, escaped`])));
  });

  it('give two values of a column to who reads names without case', () => {
    for (const line of linesOf('otherCase', family)) {
      const names = Object.keys(JSON.parse(line) as object);
      const other = names.filter((name) => /^[A-Z]/.test(name));
      expect(other.length).toBeGreaterThanOrEqual(5);
      for (const name of other) expect(names.filter((one) => one.toLowerCase() === name.toLowerCase())).toHaveLength(2);
    }
  });

  it('are of people with ids as sign-in services give them, and else the same: foreignId', () => {
    const parsed = linesOf('foreignId', family).map((line) => parsedOf(line, family) as Record<string, unknown>);
    const people = parsed.map((event) => String(event[person]));
    expect(parsed).toEqual(clean.map((event, at) => ({ ...event, [person]: people[at] })));
    expect(new Set(people).size).toBe(people.length);
    const shapes = [/^auth0\|[0-9a-f]{16}$/, /^ann\.[0-9a-f]{16}\+tv@example\.com$/, /^[A-Za-z0-9+/]{11}=$/];
    expect(shapes.map((shape) => people.some((id) => shape.test(id)))).toEqual([true, true, true]);
    expect(people.filter((id) => !shapes.some((shape) => shape.test(id)))).toEqual([]);
  });

  it('are of the one byte-order mark, or of several lines, that their labels say', () => {
    expect(linesOf('byteOrderMark', family).filter((line) => !/^\ufeff\{[^\ufeff\n]+\}$/.test(line))).toEqual([]);
    const pretty = linesOf('prettyPrinted', family);
    expect(pretty.filter((line) => !/^\ufeff?\{\r?\n\s+".*\n\}$/s.test(line))).toEqual([]);
    expect(new Set(pretty.map((line) => /^\ufeff?\{\r?\n\s+/.exec(line)?.[0]))).toEqual(
      new Set(['{\n  ', '{\n    ', '\ufeff{\r\n\t']),
    );
  });
});

describe('hostile lines', () => {
  it('hold half an emoji or U+0000 in what viewing events do not know, which is dropped: halfSurrogate', () => {
    const lines = linesOf('halfSurrogate', viewingFaults);
    expect(lines.map((line) => parsedOf(line, viewingFaults))).toEqual(viewing);
    expect(lines.filter((line) => !/ \\u(d83d|de00|0000)"/.test(line))).toEqual([]);
  });

  it('hold them in any text of the clickstream that is not counted, where they become U+FFFD: halfSurrogate', () => {
    const many = { ...range, count: 8192 }; // signups from a campaign are rare
    const events = clickstreamEvents(universe, many);
    const lines = faultyLines(universe, { ...many, dial: { halfSurrogate: 1 } }, clickstreamFaults);
    const parsed = lines.map((line) => parsedOf(line, clickstreamFaults) as Record<string, unknown>);
    const whole = events as unknown as readonly Record<string, unknown>[];
    const changed = parsed.map((event, at) =>
      Object.keys(event)
        .filter((field) => event[field] !== whole[at]![field])
        .join(),
    );
    expect(parsed).toEqual(
      whole.map((event, at) =>
        changed[at] ? { ...event, [changed[at]]: `${String(event[changed[at]])} \ufffd` } : event,
      ),
    );
    expect(lines.filter((line, at) => /"note/.test(line) !== (changed[at] === ''))).toEqual([]);
    const touched = new Set(
      changed.map((field, at) => (field === 'pageUrl' ? `pageUrl of ${String(whole[at]!.eventType)}` : field)),
    );
    expect([...touched].sort()).toEqual([
      '',
      'campaignSource',
      'elementId',
      'elementType',
      'errorMessage',
      'errorType',
      'pageUrl of click',
      'pageUrl of error',
      'paymentMethod',
      'region',
      'signupMethod',
    ]);
  });

  it('are without what they say is null: nulls', () => {
    const without = (event: object, ...fields: readonly string[]): object =>
      Object.fromEntries(Object.entries(event).filter(([field]) => !fields.includes(field)));
    expect(linesOf('nulls', viewingFaults).map((line) => parsedOf(line, viewingFaults))).toEqual(
      viewing.map((event) => without(event, 'session_id')),
    );
    expect(linesOf('nulls', clickstreamFaults).map((line) => parsedOf(line, clickstreamFaults))).toEqual(
      clicks.map((event) =>
        without(event, 'sessionId', 'region', 'loadTime', 'itemsCount', 'elementType', 'campaignSource'),
      ),
    );
  });
});
