import type { LineParser } from '@acme/telemetry-schema';
import { describe, expect, it } from '@jest/globals';
import { judge } from './judge.ts';
import type { SourceRecord } from './source-record.ts';
import { recordsOf } from './stream-event.ts';
import { aKinesisBatch } from './test-events.ts';

const shortOnly: LineParser<string> = (line) =>
  line.length < 4 ? { ok: true, value: line } : { ok: false, problems: [{ field: '(event)', reason: 'is long' }] };
const judged = (...bytes: (string | Buffer)[]) => {
  const [record] = recordsOf(aKinesisBatch([Buffer.concat(bytes.map((part) => Buffer.from(part as string)))]));
  return { record: record as SourceRecord, lines: [...judge(record as SourceRecord, shortOnly)] };
};

describe('judge', () => {
  it('gives every line its verdict, place and raw bytes, and lets none hold up its neighbours', () => {
    const { record, lines } = judged('a\n\n"long"\r\nb');
    expect(lines).toEqual([
      { ok: true, line: 'a', value: 'a' },
      {
        ok: false,
        refused: {
          index: 1,
          class: 'schema',
          problems: [{ field: '(event)', reason: 'is long' }],
          raw: Buffer.from('"long"\r'),
          position: record.position,
        },
      },
      { ok: true, line: 'b', value: 'b' },
    ]);
  });

  it('refuses what is no UTF-8 even where it would read as some other text', () => {
    const noText = Buffer.from([0x61, 0xff]);
    const { record, lines } = judged('a\n', noText, '\n \nb\n');
    expect(lines).toEqual([
      { ok: true, line: 'a', value: 'a' },
      {
        ok: false,
        refused: {
          index: 1,
          class: 'undecodable',
          problems: [{ field: '(event)', reason: 'must be UTF-8 text' }],
          raw: noText,
          position: record.position,
        },
      },
      { ok: true, line: 'b', value: 'b' },
    ]);
  });
});
