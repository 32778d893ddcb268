import { describe, expect, it } from '@jest/globals';
import { attributesOf } from './attributes.ts';

describe('attributesOf', () => {
  it('writes what an event may hold as DynamoDB takes it', () => {
    expect(
      attributesOf({
        text: 'cut \ud83d',
        tiny: 1e-200,
        less: -1e-200,
        half: 0.5,
        is: false,
        none: undefined,
        in: { a: 'b' },
      }),
    ).toEqual({
      text: { S: 'cut \ufffd' }, // half an emoji is no UTF-8
      tiny: { N: '0' },
      less: { N: '0' },
      half: { N: '0.5' },
      is: { BOOL: false },
      in: { M: { a: { S: 'b' } } },
    });
  });
});
