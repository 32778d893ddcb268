import { describe, expect, it } from '@jest/globals';
import { rowRules } from './columns.ts';
import { mostLevels, rowFlaw } from './row-flaw.ts';

const rules = rowRules('streaming_events');
const flawOf = (line: string | Buffer) => rowFlaw(Buffer.from(line), rules);
const time = '"event_timestamp":"2026-11-21T09:30:00.123Z"';
const row = (fields: string): string => `{"event_id":"e1",${time}${fields === '' ? '' : `,${fields}`}}`;
const nested = (levels: number): string => row(`"x":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);

describe('a line that is read strictly', () => {
  it.each([
    ['the fields of its table', row('"watch_duration_seconds":60,"completion_percentage":99.5,"quality":"HD"')],
    ['fields that no table has, nested and of every kind', row('"x":{"a":[1,-2.5e-3,true,null,{"b":[]},{}]},"y":"z"')],
    ['a field that is null', row('"watch_duration_seconds":null,"session_id":null')],
    ['escapes, pairs of surrogates and U+0000 among them', row(String.raw`"x":"\"\\\/\b\n\u0000\ud83d\ude00"`)],
    ['blanks between its parts, and a carriage return', ` {\t"event_id" : "e1" , ${time} } \r`],
    [
      'one key under each of several objects, and keys that differ by case',
      row('"x":[{"a":1},{"a":2}],"Event_ID":"e2"'),
    ],
    [
      'numbers in quotes, as the catalogue reads them',
      row('"watch_duration_seconds":"60","completion_percentage":"7"'),
    ],
    [`${mostLevels} levels`, nested(mostLevels - 1)],
  ])('is a whole row with %s', (_, line) => {
    expect(flawOf(line)).toBeUndefined();
  });

  it.each([
    ['garbage', 'it is no JSON'],
    ['\ufeff{"event_id":"e1"}', 'it is no JSON'],
    ['{"event_id":"e1",}', 'it is no JSON'],
    ['{"event_id":e1}', 'it is no JSON'],
    ['{"event_id":"e1" "x":1}', 'it is no JSON'],
    ["{'event_id':'e1'}", 'it is no JSON'],
    ['{"event_id":"e1","x":[1}', 'it is no JSON'],
    ['{"event_id":"e1","x":01}', 'it is no JSON'],
    [row(String.raw`"x":"\x41"`), 'it is no JSON'],
    [row(String.raw`"x":"\u00g0"`), 'it is no JSON'],
    ['42', 'it is JSON, but no object'],
    ['null', 'it is JSON, but no object'],
    ['[{"event_id":"e1"}]', 'it is JSON, but no object'],
    ['{', 'its JSON is cut off'],
    ['{"event_id":"e1', 'its JSON is cut off'],
    ['{"event_id":"e1","x":[1,', 'its JSON is cut off'],
    ['{"event_id":"e\\', 'its JSON is cut off'],
    ['{"event_id":"\\u00', 'its JSON is cut off'],
    [`${row('')}${row('')}`, 'another object follows on its line'],
    [`${row('')} garbage`, 'something follows its object'],
    ['{"event_id":"a1","x":1,"event_id":"a2"}', 'the key event_id stands twice'],
    [String.raw`{"event_id":"a1","event\u005fid":"a2"}`, 'the key event_id stands twice'],
    [row('"x":{"private":1,"private":2}'), 'a key stands twice'],
    [row(String.raw`"x":"cut \ud83d"`), 'it has half of a surrogate pair'],
    [row(String.raw`"x":"cut \ude00"`), 'it has half of a surrogate pair'],
    [row(String.raw`"x":"cut \ud83d\u0041"`), 'it has half of a surrogate pair'],
    [row('"x":"a\tb"'), 'it has a control character in a text'],
    [nested(mostLevels), `it is nested more than ${mostLevels} levels deep`],
    [nested(30_000), `it is nested more than ${mostLevels} levels deep`],
    [row(`"x":${'['.repeat(30_000)}`), `it is nested more than ${mostLevels} levels deep`],
    [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'it is JSON, but no object'],
    [`{${time}}`, 'it has no event_id'],
    [`{"event_id":"",${time}}`, 'it has no event_id'],
    [`{"event_id":null,${time}}`, 'it has no event_id'],
    [`{"event_id":42,${time}}`, 'it has no event_id'],
  ])('is no row when it is %.60s', (line, reason) => {
    expect(flawOf(line)).toEqual({ reason, isRow: false });
  });

  it('is no row when its bytes are not UTF-8', () => {
    expect(flawOf(Buffer.from('{"event_id":"café"}', 'latin1'))).toEqual({ reason: 'it is not UTF-8', isRow: false });
  });

  it.each([
    [row('"watch_duration_seconds":"abc"'), 'watch_duration_seconds is not a whole number of 32 bits'],
    [row('"watch_duration_seconds":60.0'), 'watch_duration_seconds is not a whole number of 32 bits'],
    [row('"watch_duration_seconds":2147483648'), 'watch_duration_seconds is not a whole number of 32 bits'],
    [row('"watch_duration_seconds":1e21'), 'watch_duration_seconds is not a whole number of 32 bits'],
    [row('"completion_percentage":[1]'), 'completion_percentage is not a number'],
    [row('"completion_percentage":1e999'), 'completion_percentage is not a number'],
    ['{"event_id":"e1"}', 'event_timestamp is no instant in UTC'],
    ['{"event_id":"e1","event_timestamp":"yesterday"}', 'event_timestamp is no instant in UTC'],
    ['{"event_id":"e1","event_timestamp":"2026-13-01T00:00:00Z"}', 'event_timestamp is no instant in UTC'],
  ])('is a row with a column that cannot be read when it is %.80s', (line, reason) => {
    expect(flawOf(line)).toEqual({ reason, isRow: true });
  });

  it('is asked for an id and an instant only in a table of events', () => {
    const others = rowRules([
      { name: 'seen', type: 'boolean' },
      { name: 'ids', type: 'array<string>' },
    ]);
    expect(rowFlaw(Buffer.from('{"seen":true,"ids":["a"]}'), others)).toBeUndefined();
    expect(rowFlaw(Buffer.from('{"seen":1}'), others)).toEqual({ reason: 'seen is not true or false', isRow: true });
  });

  it('is told apart from bad ones as JSON.parse does, whatever character of it is lost or changed', () => {
    const good = row(String.raw`"x":{"a":[1,-2.5e-3,true,null,""],"b":"\"\\\ud83d\ude00"},"completion_percentage":1`);
    const isNoJson = (line: string): boolean => /JSON|follows|control/.test(flawOf(line)?.reason ?? '');
    // Which may be no JSON either, further on.
    const isHalf = (line: string): boolean => flawOf(line)?.reason === 'it has half of a surrogate pair';
    const isParsed = (line: string): boolean => {
      try {
        return typeof JSON.parse(line) === 'object';
      } catch {
        return false;
      }
    };
    const wrong: string[] = [];
    for (let at = 0; at < good.length; at += 1) {
      for (const other of ['', '"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', '.', 'e', ' ', '\n']) {
        const line = good.slice(0, at) + other + good.slice(at + 1);
        if (!isHalf(line) && isNoJson(line) === isParsed(line)) wrong.push(line);
      }
    }
    expect(wrong).toEqual([]);
  });
});
