import { describe, expect, it } from '@jest/globals';
import { checkPrefixes, evaluatePrefix } from './prefix.ts';

const facts = { arrival: new Date('2026-01-05T23:07:09Z'), timeZone: 'UTC', random: 'abc' };

describe('an object prefix', () => {
  it.each([
    [
      'telemetry/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/',
      'telemetry/year=2026/month=01/day=05/hour=23/',
    ],
    ['', '2026/01/05/23/'],
    ['raw/', 'raw/2026/01/05/23/'],
    ["!{timestamp:'day='d-M-yy}/", 'day=5-1-26/'],
    ['!{timestamp:yyyy/MM/dd-HH:mm:ss}/', '2026/01/05-23:07:09/'],
    ['x/!{firehose:random-string}/', 'x/abc/'],
  ])('%p becomes %p', (prefix, folder) => expect(evaluatePrefix(prefix, facts)).toBe(folder));

  it('is in the time zone of the destination', () => {
    expect(evaluatePrefix('!{timestamp:yyyy-MM-dd-HH}', { ...facts, timeZone: 'Asia/Tokyo' })).toBe('2026-01-06-08');
  });

  it.each(['!{timestamp:QQ}/', '!{firehose:error-output-type}/', '!{partitionKeyFromQuery:x}/', '!{timestamp}'])(
    'with %p is refused',
    (prefix) => expect(() => evaluatePrefix(prefix, facts)).toThrow('expression'),
  );

  it('with expressions needs an error prefix that names the type of the error', () => {
    expect(() => checkPrefixes('!{timestamp:yyyy}/', undefined, 'UTC')).toThrow('ErrorOutputPrefix');
    expect(() => checkPrefixes('!{timestamp:yyyy}/', '!{timestamp:yyyy}/', 'UTC')).toThrow('error-output-type');
    expect(() => checkPrefixes('!{timestamp:yyyy}/', 'failed/!{firehose:error-output-type}/', 'UTC')).not.toThrow();
    expect(() => checkPrefixes('plain/', undefined, 'UTC')).not.toThrow();
  });
});
