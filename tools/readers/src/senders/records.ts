import type { Family } from '@acme/telemetry-schema';
import { aClickstreamEvent, aViewingEvent } from '@acme/telemetry-schema/testing';
import fc from 'fast-check';
import { type Change, changed, membersOf, textOf, variants } from './changes.ts';
import { hardNumbers, hardTexts, hardValues, times, unknownNames } from './hard-values.ts';
import { spelledNumber, spellings } from './spelling.ts';

const spelling = fc.array(fc.constantFrom(...spellings), { maxLength: 8 });
const anyText = fc.oneof(
  { arbitrary: fc.constantFrom(...hardTexts), weight: 4 },
  {
    arbitrary: fc
      .tuple(fc.constantFrom(...hardTexts), fc.string(), fc.constantFrom(...hardTexts))
      .map((all) => all.join('')),
    weight: 2,
  },
  { arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), weight: 2 },
  {
    arbitrary: fc.array(fc.nat(0xffff), { minLength: 1, maxLength: 20 }).map((units) => String.fromCharCode(...units)),
    weight: 2,
  },
);
const anyNumber = fc.oneof(
  fc.constantFrom(...hardNumbers),
  fc.tuple(fc.nat(86_400), fc.nat(20)).map(([value, way]) => spelledNumber(value, way)),
  fc.tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.nat(20)).map(([value, way]) => spelledNumber(value, way)),
  fc.double().map(String),
);
const anyValue = fc.oneof(
  { arbitrary: fc.constantFrom(...hardValues), weight: 3 },
  { arbitrary: anyText.map((text) => JSON.stringify(text)), weight: 1 },
  { arbitrary: anyNumber, weight: 1 },
  { arbitrary: fc.json({ maxDepth: 4 }), weight: 1 },
);

const kind = <const K extends Change['kind'], Rest>(name: K, rest: { [N in keyof Rest]: fc.Arbitrary<Rest[N]> }) =>
  fc.record({ kind: fc.constant(name), ...rest }) as unknown as fc.Arbitrary<Change>;
const place = fc.nat(20);
const variant = fc.constantFrom(...variants);

/** Kept events are the ones to read, so that what mostly is refused comes seldom. */
const aChange = fc.oneof(
  { arbitrary: kind('text', { at: place, text: anyText, as: spelling }), weight: 8 },
  { arbitrary: kind('number', { at: place, number: anyNumber }), weight: 4 },
  { arbitrary: kind('time', { time: fc.constantFrom(...times) }), weight: 2 },
  { arbitrary: kind('respelled', { at: place, as: spelling, way: place }), weight: 8 },
  { arbitrary: kind('value', { at: place, value: anyValue }), weight: 1 },
  { arbitrary: kind('value', { at: place, value: fc.constant('null') }), weight: 2 },
  { arbitrary: kind('left out', { at: place }), weight: 2 },
  {
    arbitrary: kind('again', { at: place, name: variant, value: fc.option(anyValue, { nil: undefined }), to: place }),
    weight: 6,
  },
  {
    arbitrary: kind('unknown', {
      name: fc.oneof(fc.constantFrom(...unknownNames), anyText).map((name) => JSON.stringify(name)),
      value: anyValue,
      to: place,
    }),
    weight: 6,
  },
  { arbitrary: kind('names', { name: variant }), weight: 1 },
  { arbitrary: kind('turned', { by: place }), weight: 2 },
);

const events: Readonly<Record<Family, readonly object[]>> = {
  viewing: [aViewingEvent(), aViewingEvent({ session_id: undefined })],
  clickstream: [
    aClickstreamEvent('page_view', { region: 'eu-west-1' }),
    aClickstreamEvent('page_view', { pageUrl: '/title/title-1' }),
    aClickstreamEvent('purchase', { region: 'NZ' }),
    aClickstreamEvent('user_signup', { region: 'x' }),
    aClickstreamEvent('click', { region: 'é' }),
    aClickstreamEvent('error', { region: 'us' }),
    aClickstreamEvent('add_to_cart', { region: 'us' }),
  ],
};

/** Between the tokens of an event: mostly nothing, else what JSON has for it, and what it has not. */
const aBlank = fc.oneof(
  { arbitrary: fc.constant(''), weight: 16 },
  { arbitrary: fc.constantFrom(' ', '\t', '\r', '\n', '\r\n', '\n  '), weight: 8 },
  { arbitrary: fc.constantFrom('\u00a0', '\u2028', '\ufeff', '\0'), weight: 2 },
);

/** The text of one event of a family, nearly right. */
export const anEvent = (family: Family): fc.Arbitrary<string> =>
  fc
    .record({
      event: fc.constantFrom(...events[family]),
      changes: fc.array(aChange, { maxLength: 3 }),
      blank: aBlank,
    })
    .map(({ event, changes, blank }) =>
      textOf(changes.reduce(changed, membersOf(JSON.parse(JSON.stringify(event)))), blank),
    );

const aLine = (family: Family) =>
  fc.oneof(
    { arbitrary: anEvent(family), weight: 24 },
    { arbitrary: fc.json(), weight: 1 },
    { arbitrary: anyText, weight: 1 },
    { arbitrary: fc.constantFrom('', ' ', '\r', '\ufeff', 'null', '[]', '{}', '[{}]', 'HELLO'), weight: 1 },
  );

const aLineEnd = fc.oneof(
  { arbitrary: fc.constant('\n'), weight: 8 },
  { arbitrary: fc.constantFrom('\r\n', '\n\n', ' \n'), weight: 3 },
  { arbitrary: fc.constant('\r'), weight: 1 },
);

/** What happens to the bytes of a record. */
const aByteChange = fc.oneof(
  { arbitrary: fc.constant((bytes: Buffer) => bytes), weight: 12 },
  { arbitrary: fc.constant((bytes: Buffer) => Buffer.concat([Buffer.from('\ufeff'), bytes])), weight: 2 },
  { arbitrary: place.map((cut) => (bytes: Buffer) => bytes.subarray(0, Math.max(0, bytes.length - cut))), weight: 1 },
  {
    arbitrary: fc.tuple(fc.nat(400), fc.constantFrom(0x00, 0x0a, 0x0d, 0x22, 0x5c, 0x80, 0xc0, 0xed, 0xfe, 0xff)).map(
      ([at, byte]) =>
        (bytes: Buffer) =>
          Buffer.concat([bytes.subarray(0, at), Buffer.of(byte), bytes.subarray(at)]),
    ),
    weight: 2,
  },
);

/** A record of a family's stream: mostly a few events that are nearly right, one a line, and at times any bytes. */
export const aRecord = (family: Family): fc.Arbitrary<Buffer> =>
  fc
    .oneof(
      {
        arbitrary: fc
          .record({
            lines: fc.array(aLine(family), { minLength: 1, maxLength: 4 }),
            end: aLineEnd,
            isEnded: fc.boolean(),
            change: aByteChange,
          })
          .map(({ lines, end, isEnded, change }) => change(Buffer.from(lines.join(end) + (isEnded ? end : '')))),
        weight: 20,
      },
      { arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)), weight: 1 },
    )
    .map((bytes) => Object.defineProperty(bytes, fc.toStringMethod, { value: () => inAscii(bytes) }));

/** A record as it is told when it is a counterexample. */
export const inAscii = (bytes: Buffer): string =>
  `'${bytes.toString('latin1').replaceAll(/[^ -&(-\[\]-~]/g, (byte) => String.raw`\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`)}'`;
