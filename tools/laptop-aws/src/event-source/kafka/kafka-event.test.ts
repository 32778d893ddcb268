import { describe, expect, it } from '@jest/globals';
import { payloadText } from '../../lambda/stream-payload.ts';
import { BatchBuilder } from '../batch.ts';
import { kafkaFormat, offsetIn } from './kafka-event.ts';
import { KafkaRecord } from './record.ts';
import { valueFilter } from './value-filter.ts';

const message = { key: null, value: null, timestamp: '1545084650987', attributes: 0, headers: {}, offset: '15' };

describe('the event of a batch of Kafka records', () => {
  it('is the one that Lambda documents, and as large as it says', () => {
    const format = kafkaFormat({ bootstrapServers: 'b-1:9092,b-2:9092', topic: 'my.topic' }, 3);
    const builder = new BatchBuilder(format, 10);
    const headers = { trace: [Buffer.from('a'), Buffer.from('é')], 'x"y': Buffer.from('') };
    builder.add(new KafkaRecord({ ...message, key: Buffer.from('k"ey'), value: Buffer.from('{"a":"Æ"}'), headers }));
    builder.add(new KafkaRecord({ ...message, offset: '9007199254740991' }));
    const { payload } = builder.batch();
    const common = { topic: 'my.topic', partition: 3, timestamp: 1545084650987, timestampType: 'CREATE_TIME' };
    expect(JSON.parse(payloadText(payload))).toEqual({
      eventSource: 'SelfManagedKafka',
      bootstrapServers: 'b-1:9092,b-2:9092',
      records: {
        'my.topic-3': [
          {
            ...{ ...common, offset: 15, key: 'ayJleQ==', value: 'eyJhIjoiw4YifQ==' },
            headers: [{ trace: [97] }, { trace: [195, 169] }, { 'x"y': [] }],
          },
          { ...common, offset: Number.MAX_SAFE_INTEGER, headers: [] },
        ],
      },
    });
    expect(payload.sizeBytes).toBe(Buffer.byteLength(payloadText(payload)));
  });

  it('is reported on by partition and offset, and by nothing else', () => {
    const identify = offsetIn('t-0');
    expect(identify({ partition: 't-0', offset: 12 })).toBe('12');
    for (const other of [{ partition: 't-1', offset: 12 }, { partition: 't-0' }, { offset: 12 }, 't-0-12', null, 12])
      expect(identify(other)).toBeUndefined();
    expect(identify({ partition: 't-0', offset: '12' })).toBeUndefined();
  });
});

describe('a filter of Kafka records', () => {
  const matches = (pattern: string, value: string): boolean | undefined =>
    valueFilter([pattern])?.({ data: Buffer.from(value) });

  it('looks at values that are JSON, and drops all others', () => {
    const pattern = '{"value":{"type":["start"]}}';
    expect(matches(pattern, '{"type":"start"}')).toBe(true);
    expect(matches(pattern, '{"type":"stop"}')).toBe(false);
    expect(matches(pattern, 'start')).toBe(false);
    expect(valueFilter([])).toBeUndefined();
  });

  it.each(['{"data":{"a":[1]}}', '{"value":["text"]}', '{"value":{"a":[1]},"key":{"b":[1]}}', '[]', 'no JSON'])(
    'is refused when it is %s',
    (pattern) => {
      expect(() => valueFilter([pattern])).toThrow(/JSON object/);
    },
  );
});
