import { anAggregatedRecord } from '@acme/lambda-kit/testing';
import type { Line } from './line.ts';
import { inTexts } from './texts.ts';

const linesPerRecord = 5;

/** A record of another producer's. */
export interface OtherRecord {
  readonly key: string;
  readonly value: Buffer;
}

/** Lines in records, some in each; what came as bytes is a record by itself. */
export const plainRecords = (lines: readonly Line[]): OtherRecord[] => {
  const bytes = lines.flatMap((line) => line.bytes ?? []);
  const texts = inTexts(
    lines.filter((line) => line.bytes === undefined),
    linesPerRecord,
  );
  return [...texts.map((text) => Buffer.from(`${text}\n`)), ...bytes].map((value, at) => ({ key: keyOf(at), value }));
};

/** The same on Kinesis, where one record in three is of the Kinesis Producer Library: each line a record of its user. */
export const kinesisRecords = (lines: readonly Line[]): OtherRecord[] => {
  const byLibrary = lines.filter(({ bytes }, at) => bytes === undefined && at % (3 * linesPerRecord) < linesPerRecord);
  const packed: OtherRecord[] = [];
  for (let from = 0; from < byLibrary.length; from += linesPerRecord) {
    const some = byLibrary.slice(from, from + linesPerRecord);
    const users = some.map(({ text }, at) => ({ key: keyOf(at % 2), data: text }));
    packed.push({ key: keyOf(from), value: anAggregatedRecord(users) });
  }
  return [...packed, ...plainRecords(lines.filter((line) => !byLibrary.includes(line)))];
};

const keyOf = (at: number): string => `others-${at % 7}`;

/** Records of the library's that were damaged on their way: one cut off, one with a changed byte. */
export const damagedRecords = (seed: number): Line[] => {
  const whole = anAggregatedRecord([{ key: 'a', data: `{"event_id":"in-a-damaged-record-${seed}"}` }]);
  const changed = Buffer.from(whole);
  changed.writeUInt8((changed.at(-1) as number) ^ 1, changed.length - 1);
  return [whole.subarray(0, -1), changed].map((bytes, number) => {
    const text = bytes.toString('utf8');
    const expected = {
      number,
      eventId: `in-a-damaged-record-${seed}`,
      fault: undefined,
      outcome: 'quarantined',
      field: '(record)',
      reason: 'must be whole: it begins as the Kinesis Producer Library packs records, and is damaged',
    } as const;
    return { text, bytes, onStream: text, expected };
  });
};
