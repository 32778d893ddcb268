import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventOf, payloadText, type StreamPayload } from './stream-payload.ts';

const record = (data: string) => ({ kinesis: { partitionKey: 'Zoë', data, sequenceNumber: '1' }, awsRegion: 'r' });

const payloadOf = (datas: readonly Buffer[]): StreamPayload => ({
  text: JSON.stringify({ Records: datas.map(() => record('')) }),
  sizeBytes: 0,
  data: () => {
    const bytes = new Uint8Array(Buffer.concat(datas));
    let end = 0;
    return { bytes, ends: Uint32Array.from(datas, ({ length }) => (end += length)) };
  },
});

describe('the event of a batch', () => {
  it('is the one that Lambda sends, whatever bytes its records have, as often as it is asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), (arrays) => {
        const datas = arrays.map((bytes) => Buffer.from(bytes));
        const event = { Records: datas.map((data) => record(data.toString('base64'))) };
        const payload = payloadOf(datas);
        expect(payloadText(payload)).toBe(JSON.stringify(event));
        expect(eventOf(payload.text, payload.data())).toEqual(event);
      }),
    );
  });

  it('is that of Kafka too, where a record may have no value', () => {
    const record = (value: object) => ({ offset: 1, ...value, headers: [] });
    const text = JSON.stringify({ records: { 't-0': [record({ value: '' }), record({}), record({ value: '' })] } });
    const data = () => ({ bytes: new Uint8Array(Buffer.from('abcd')), ends: Uint32Array.from([1, 1, 4]) });
    expect(JSON.parse(payloadText({ text, sizeBytes: 0, data }))).toEqual({
      records: { 't-0': [record({ value: 'YQ==' }), record({}), record({ value: 'YmNk' })] },
    });
  });

  it('uses its data up, so that none of it waits for the garbage collector', () => {
    const data = payloadOf([Buffer.from('a')]).data();
    eventOf('{"Records":[{"kinesis":{"data":""}}]}', data);
    expect(data.bytes.buffer.byteLength).toBe(0);
  });
});

it('text is a payload as it is', () => {
  expect(payloadText('{"a":1}')).toBe('{"a":1}');
});
