import type { LineParser } from '@acme/telemetry-schema';
import { describe, expect, it } from '@jest/globals';
import { anAggregatedRecord } from './aggregated-record.fixture.ts';
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
      { ok: true, value: 'a' },
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
      { ok: true, value: 'b' },
    ]);
  });

  it('judges the events of a record that KPL has packed, and refuses a damaged one whole, for its own reason', () => {
    const packed = anAggregatedRecord([
      { key: 'a', data: 'a\nlong' },
      { key: 'b', data: Buffer.from([0xff]) },
      { key: 'b', data: 'b' },
    ]);
    expect(judged(packed).lines.map((line) => (line.ok ? line.value : line.refused.problems))).toEqual([
      'a',
      [{ field: '(event)', reason: 'is long' }],
      [{ field: '(event)', reason: 'must be UTF-8 text' }],
      'b',
    ]);

    const torn = packed.subarray(0, -1);
    const { record, lines } = judged(torn);
    expect(lines).toEqual([
      {
        ok: false,
        refused: {
          index: 0,
          class: 'undecodable',
          problems: [
            {
              field: '(record)',
              reason: 'must be whole: it begins as the Kinesis Producer Library packs records, and is damaged',
            },
          ],
          raw: torn,
          position: record.position,
        },
      },
    ]);
  });

  it('refuses what is no UTF-8 even where it would read as some other text', () => {
    const noText = Buffer.from([0x61, 0xff]);
    const { record, lines } = judged('a\n', noText, '\n \nb\n');
    expect(lines).toEqual([
      { ok: true, value: 'a' },
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
      { ok: true, value: 'b' },
    ]);
  });
});
