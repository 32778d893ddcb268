import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonOf } from './json-of.ts';

describe('the JSON text of a value', () => {
  it('is what JSON.stringify gives', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(jsonOf(value)).toBe(JSON.stringify(value))));
  });

  it('is given of what is too deep for JSON.stringify, and of very long lists', () => {
    const deep = `${'[{"a":'.repeat(30_000)}1${'}]'.repeat(30_000)}`;
    expect(() => JSON.stringify(JSON.parse(deep))).toThrow(RangeError);
    expect(jsonOf(JSON.parse(deep))).toBe(deep);
    const long = Array.from({ length: 300_000 }, (_, index) => index);
    expect(jsonOf(long)).toBe(JSON.stringify(long));
  });
});
