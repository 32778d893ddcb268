import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countLines, linesOf, rawLinesOf, type SourceRecord } from './source-record.ts';

const record = (bytes: Buffer): SourceRecord => ({
  id: '1',
  key: 'k',
  position: { source: 's', shard: 'x', sequence: '1' },
  arrivedAtMs: 0,
  bytes,
});

describe('the lines of a record', () => {
  it('are as many whether they are read, cut out as bytes, or only counted', () => {
    const part = fc.oneof(
      fc
        .constantFrom('{\n  "a"', '\n', '\r', ' ', '\t', '\u00a0', '\ufeff', '{}', 'é')
        .map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const one = record(Buffer.concat(parts));
        expect(rawLinesOf(one).map((line) => line.toString('utf8'))).toEqual(linesOf(one));
        expect(countLines(one)).toBe(linesOf(one).length);
      }),
      { numRuns: 2000 },
    );
  });

  it('are one when an event is spread over them, as people write it', () => {
    const spread = '{\n    "event_type": "page_view",\n    "user_id": "user123"\n}';
    for (const text of [spread, `${spread}\n`, spread.replaceAll('\n', '\r\n')]) {
      expect(linesOf(record(Buffer.from(text)))).toEqual([text]);
    }
  });

  it.each(['{\n{"a":1}', '{"a":1}\n"b"', '[\n"a"', '{\n', '{ "a": 1 }\n{}'])(
    'are split where a line may be an event by itself: %j',
    (text) => {
      expect(linesOf(record(Buffer.from(text)))).toEqual(text.split('\n').filter((line) => line !== ''));
    },
  );
});
