import { describe, expect, it } from '@jest/globals';
import { anAggregatedRecord, bytesField, numberField, sealed } from './aggregated-record.fixture.ts';
import { isAggregated, userRecordsOf } from './aggregated-record.ts';
import { countFrames, framesOf } from './framing.ts';

const framed = (bytes: Buffer): string[] => Array.from(framesOf(bytes), (frame) => frame.toString());
const userRecord = (...fields: readonly Buffer[]): Buffer => bytesField(3, Buffer.concat(fields));
const [key, index, data] = [bytesField(1, Buffer.from('a')), numberField(1, 0), bytesField(3, Buffer.from('x'))];

describe('a record of the Kinesis Producer Library', () => {
  it('holds the events of its users’ records, in their order, each record framed by itself', () => {
    const bytes = anAggregatedRecord([
      { key: 'a', data: '{"n":1}\n{"n":2}\n' },
      { key: 'b', data: '{"torn":' },
      { key: 'a', data: '{"n":3}' },
      { key: 'a', data: '' },
      { key: 'b', data: Buffer.from('{"text":"\u2028\n"}') },
    ]);
    expect(framed(bytes)).toEqual(['{"n":1}', '{"n":2}', '{"torn":', '{"n":3}', '{"text":"\u2028', '"}']);
    expect(countFrames(bytes)).toBe(6);
  });

  it('may be empty, and may be large', () => {
    expect(framed(sealed(Buffer.alloc(0)))).toEqual([]);
    const large = 'y'.repeat(900_000);
    expect(framed(anAggregatedRecord([{ key: 'k'.repeat(256), data: large }]))).toEqual([large]);
  });

  it('is read around what a later version of the form may add', () => {
    const eight = Buffer.concat([Buffer.of(9 * 8 + 1), Buffer.alloc(8, 0xff)]);
    const four = Buffer.concat([Buffer.of(9 * 8 + 5), Buffer.alloc(4, 0xff)]);
    const added = [numberField(9, 300), bytesField(9, Buffer.from('?')), eight, four];
    const record = userRecord(...added, index, ...added, data, ...added);
    expect(framed(sealed(Buffer.concat([...added, key, ...added, record, ...added])))).toEqual(['x']);
  });

  const whole = anAggregatedRecord([{ key: 'a', data: '{"n":1}' }]);
  it.each([
    ['cut off', whole.subarray(0, -1)],
    ['nothing but its magic number', whole.subarray(0, 4)],
    ['changed in a byte of its data', Buffer.from(whole.toString('latin1').replace('"n"', '"m"'), 'latin1')],
    ['changed in its MD5', Buffer.concat([whole.subarray(0, -1), Buffer.from([(whole.at(-1) as number) ^ 1])])],
    ['of a field that goes past its end', sealed(Buffer.from([0x1a, 0x7f, 0x00]))],
    ['of a length of 2^69', sealed(Buffer.from([0x1a, ...new Array<number>(9).fill(0xff), 0x7f, 0]))],
    ['of a length that never ends', sealed(Buffer.alloc(1_000, 0xff))],
    ['of groups in groups', sealed(Buffer.alloc(100_000, 0x1b))],
    ['of a field of eight bytes that breaks off', sealed(Buffer.concat([key, Buffer.of(0x49, 1, 2, 3, 4, 5, 6, 7)]))],
    ['of a field of four bytes that breaks off', sealed(Buffer.concat([key, Buffer.of(0x4d, 1, 2, 3)]))],
    ['of a field of a kind that there is not', sealed(Buffer.concat([key, Buffer.of(0x4f), Buffer.alloc(8)]))],
    ['of a number that breaks off', sealed(Buffer.concat([key, Buffer.of(0x48, 0x80)]))],
    [
      'of a hash key where its key should be',
      sealed(Buffer.concat([bytesField(2, Buffer.from('1')), userRecord(index, data)])),
    ],
    [
      'of a user’s record that goes past its end',
      sealed(Buffer.concat([key, userRecord(index, Buffer.of(0x1a, 9, 1))])),
    ],
    ['of a key that is not in its table', sealed(Buffer.concat([key, userRecord(numberField(1, 1), data)]))],
    ['of a number where users’ records belong', sealed(Buffer.concat([key, numberField(3, 5)]))],
    ['of a user’s record without data', sealed(Buffer.concat([key, userRecord(index)]))],
    ['of a user’s record without a key', sealed(Buffer.concat([key, userRecord(data)]))],
  ])('that is %s is one broken event, its own bytes', (_, bytes) => {
    expect([isAggregated(bytes), userRecordsOf(bytes)]).toEqual([true, undefined]);
    expect(Array.from(framesOf(bytes))).toEqual([bytes]);
    expect(countFrames(bytes)).toBe(1);
  });

  it('is told from text and from what is shorter', () => {
    for (const bytes of [Buffer.from('{}'), Buffer.alloc(0), whole.subarray(0, 3)])
      expect(isAggregated(bytes)).toBe(false);
  });
});
