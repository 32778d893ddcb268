import { describe, expect, it } from '@jest/globals';
import { maxEventDepth } from '@acme/telemetry-schema';
import fc from 'fast-check';
import { countFrames, framesOf, textFramesOf } from './framing.ts';

const framed = (text: string): string[] => Array.from(framesOf(Buffer.from(text)), (frame) => frame.toString());
const [good, other] = ['{"id":"good"}', '{"id":"other"}'];
const pretty = JSON.stringify({ id: 'pretty', list: [1, { a: '{[' }], nested: { b: '\u2028"' } }, null, 2);

/** A text and the events that it holds. */
const cases: readonly (readonly [what: string, text: string, events: readonly string[]])[] = [
  ['no text', '', []],
  ['blank lines, with a byte-order mark or without', ' \n\t\r\n\ufeff\n\ufeff \n', []],
  ['lines, however they end', `${good}\r\n${other}\n\n${good}`, [`${good}\r`, other, good]],
  ['line separators within a text', '{"a":"\u2028\u2029\u0085"}', ['{"a":"\u2028\u2029\u0085"}']],
  ['a byte-order mark, which stays', `\ufeff${good}\n\ufeff${other}`, [`\ufeff${good}`, `\ufeff${other}`]],
  ['an event spread over lines', `${pretty}\n`, [pretty]],
  ['one with carriage returns', pretty.replaceAll('\n', '\r\n'), [pretty.replaceAll('\n', '\r\n')]],
  ['one with a byte-order mark', `\ufeff${pretty}`, [`\ufeff${pretty}`]],
  ['one indented by nothing', '{\n"a": {\n"b":\n{\n"c": 1\n}\n}\n}', ['{\n"a": {\n"b":\n{\n"c": 1\n}\n}\n}']],
  ['one that begins on its first line', '{"a": 1,\n "b": 2}', ['{"a": 1,\n "b": 2}']],
  [
    'a line before it, one after, and two side by side',
    [good, pretty, pretty, other].join('\n'),
    [good, pretty, pretty, other],
  ],
  ['a torn line before a good one', `{"a":{\n${good}`, ['{"a":{', good]],
  [
    'torn lines at every place where an event may be spread',
    `{"a":\n${good}\n{"a":[\n${other}\n{"a":1,\n${good}`,
    ['{"a":', good, '{"a":[', other, '{"a":1,', good],
  ],
  ['a torn line at the end, whose line end is not its own', `${good}\n{"a":1,\n`, [good, '{"a":1,']],
  ['a torn line before blank ones', `{"a":1,\n\n \r\n${good}`, ['{"a":1,', good]],
  ['a torn line that ends within a text', `{"a":"{\n${good}`, ['{"a":"{', good]],
  [
    'a misspelt event spread over lines, as one',
    `${good}\n{\n  "a": 1,\n  "b": {\n    "c": 2,\n  }\n}\n${other}`,
    [good, '{\n  "a": 1,\n  "b": {\n    "c": 2,\n  }\n}', other],
  ],
  ['one that breaks off, before a good one that is indented', `{\n  "a": [\n  ${good}`, ['{\n  "a": [', `  ${good}`]],
  [
    'one that is closed by a stranger',
    `{"a":[\n${good}\n${other}\n]}\n${good}`,
    ['{"a":[', good, `${other}`, ']}', good],
  ],
  ['one whose first line ends in a colon, and in a bracket', '{"a":\n{"b": [\n1]}}', ['{"a":\n{"b": [\n1]}}']],
  [
    'one with what structures JSON in its texts',
    '{"a": "}",\n"b": "\\\"}",\n"c": 3}',
    ['{"a": "}",\n"b": "\\\"}",\n"c": 3}'],
  ],
  [
    'one that is closed on its first line, before what is no JSON',
    `{"a":1},\nno JSON\n${good}`,
    ['{"a":1},', 'no JSON', good],
  ],
  [
    'a broken one up to an event that is indented and whole on its line',
    `{"a": tru,\n  {"b": 1}  \n${good}`,
    ['{"a": tru,', '  {"b": 1}  ', good],
  ],
  [
    'a broken one that goes on with an object that is indented and open',
    `{"a": tru,\n   {"b": [\n1\n${good}`,
    ['{"a": tru,\n   {"b": [\n1', good],
  ],
  [
    'a broken one up to an open object behind a byte-order mark',
    '{"a": tru,\n\ufeff{"b": [\n1]}',
    ['{"a": tru,', '\ufeff{"b": [\n1]}'],
  ],
  [
    'one as deep as an event may be, spread over lines',
    `{"a":\n${'['.repeat(maxEventDepth - 1)}${']'.repeat(maxEventDepth - 1)}\n}\nno JSON`,
    [`{"a":\n${'['.repeat(maxEventDepth - 1)}${']'.repeat(maxEventDepth - 1)}\n}`, 'no JSON'],
  ],
  ['two values on a line', `${good}${other}`, [`${good}${other}`]],
  ['what is no JSON', `no JSON\n${good}\n[\n1\n]`, ['no JSON', good, '[', '1', ']']],
];

describe('the events of some bytes', () => {
  it.each(cases)('are found in %s', (_, text, events) => {
    expect(framed(text)).toEqual(events);
    expect([...textFramesOf(text)]).toEqual(events);
    expect(countFrames(Buffer.from(text))).toBe(events.length);
  });

  const part = fc.oneof(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"',
      '\\',
      '\n',
      '\r',
      ' ',
      '\ufeff',
      'é',
      '\u2028',
      '{}',
      good,
      pretty,
      '{"a":',
    ),
    fc.uint8Array({ maxLength: 3 }).map((bytes) => Buffer.from(bytes)),
  );
  const bytes = fc
    .array(part, { maxLength: 40 })
    .map((parts) => Buffer.concat(parts.map((one) => Buffer.from(one as string))));

  it('are as many however they are read, in their order, and leave nothing out but blanks and line ends', () => {
    fc.assert(
      fc.property(bytes, (all) => {
        const frames = [...framesOf(all)];
        expect(countFrames(all)).toBe(frames.length);
        const left = frames.reduce((rest, frame) => {
          const at = rest.indexOf(frame);
          expect(rest.subarray(0, at).toString('latin1')).toMatch(/^(\u00ef\u00bb\u00bf|[ \t\r\n])*$/);
          return rest.subarray(at + frame.length);
        }, all);
        expect(left.toString('latin1')).toMatch(/^(\u00ef\u00bb\u00bf|[ \t\r\n])*$/);
        const text = all.toString('utf8');
        if (Buffer.from(text).equals(all)) expect([...textFramesOf(text)]).toEqual(frames.map(String));
      }),
      { numRuns: 3000 },
    );
  });

  it('that are good on a line of their own are found whatever stands around them', () => {
    const around = bytes.map((all) => all.toString('utf8').replaceAll('\n', ''));
    fc.assert(
      fc.property(fc.array(around, { maxLength: 6 }), fc.array(around, { maxLength: 6 }), (before, after) => {
        const text = [...before, good, ...after].join('\n');
        // Only where a torn event and a stray end make valid JSON around it is it part of that event.
        const isWithin = framed(text).some((frame) => frame.includes('\n') && frame.includes(good) && isJson(frame));
        expect(isWithin || framed(text).includes(good)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
    return true;
  } catch {
    return false;
  }
};
