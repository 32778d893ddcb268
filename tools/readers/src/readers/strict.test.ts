import { aViewingEvent } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { rowIn } from '../columns.ts';
import { strict } from './strict.ts';

const read = (...lines: readonly (string | Buffer)[]) =>
  strict('clickstream_events', Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')])));
const errorOf = (line: string | Buffer): string | undefined => {
  const [reading] = read(line);
  return reading && 'error' in reading ? reading.error : undefined;
};

describe('the strict reader', () => {
  it('reads what each reader has no doubts about', () => {
    const event = aViewingEvent({ completion_percentage: 1e-7 });
    expect(strict('streaming_events', Buffer.from(`${JSON.stringify(event)}\n`))).toEqual([
      { row: rowIn('streaming_events', event) },
    ]);
    expect(read(String.raw`{ "page_url" : "\ud83d\ude00\u000a\/" , "quantity":-0,"amount":1e-7}`, '{}')).toEqual([
      { row: rowIn('clickstream_events', { page_url: '😀\n/', quantity: -0, amount: 1e-7 }) },
      { row: rowIn('clickstream_events', {}) },
    ]);
  });

  it.each([
    ['a key that stands twice', '{"region":"a","region":"b"}', 'region stands twice'],
    ['a key that stands twice when names have no case', '{"region":"a","Region":"b"}', 'Region stands twice'],
    ['a name in another case than its column', '{"Region":"a"}', 'Region is no column'],
    ['a field that is no column', '{"note":"a"}', 'note is no column'],
    ['half a surrogate pair', String.raw`{"region":"\ud83d"}`, 'half a pair before 18'],
    ['U+0000', String.raw`{"region":"\u0000"}`, 'U+0000 before 18'],
    ['a control character as itself', '{"region":"a\tb"}', 'no text at 10'],
    ['a whole number with a fraction', '{"quantity":60.0}', 'no whole number at 12'],
    ['a whole number with an exponent', '{"quantity":6e1}', 'no whole number at 12'],
    ['a whole number that its column cannot hold', '{"quantity":2147483648}', 'a number is no int'],
    ['a number beyond all doubles', '{"amount":1e400}', 'a number is not finite'],
    ['a number that begins with a zero', '{"amount":017}', 'no , at 11'],
    ['null', '{"region":null}', 'no text at 10'],
    ['a value of another type', '{"region":7}', 'no text at 10'],
    ['something nested', '{"region":{}}', 'no text at 10'],
    ['a byte-order mark', '\ufeff{}', 'no { at 0'],
    ['something behind the object', '{} {}', 'something stands behind the object, at 2'],
    ['a lone carriage return', '{\r}', 'no text at 1'],
    ['a line that breaks off', '{"region":"a"', 'no , at 13'],
    ['a line that is no object', '[]', 'no { at 0'],
    ['bytes that are not UTF-8', Buffer.from('7b22726567696f6e223a22ff227d', 'hex'), expect.any(String)],
  ])('refuses %s', (_, line, error) => {
    expect(errorOf(line)).toEqual(error);
  });

  it('refuses an object that ends within a line', () => {
    expect(() => strict('clickstream_events', Buffer.from('{}'))).toThrow('the object ends within a line');
  });
});
