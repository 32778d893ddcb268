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
      fc.constantFrom('\n', '\r', ' ', '\t', '\u00a0', '\ufeff', '{}', 'é').map((text) => Buffer.from(text)),
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
});
