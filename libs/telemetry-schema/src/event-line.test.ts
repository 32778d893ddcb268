import { describe, expect, it } from '@jest/globals';
import { maxEventBytes, readLine } from './event-line.ts';

const text = (letter: string, bytes: number): string =>
  JSON.stringify(letter.repeat(Math.floor((bytes - 2) / Buffer.byteLength(letter))));

describe('readLine', () => {
  it('gives the value that a line holds', () => {
    expect(readLine('{"a":1}')).toEqual({ ok: true, value: { a: 1 } });
  });

  it.each(['', '{', "{'a': 1}", 'undefined', '{"a":1} {"a":1}'])('refuses %j without quoting it', (line) => {
    expect(readLine(line)).toEqual({ ok: false, problems: [{ field: '(event)', reason: 'must be valid JSON' }] });
  });

  it.each(['x', 'é', '漢', '😀'])(
    'takes 262,144 bytes of %s and refuses more, however few letters these are',
    (letter) => {
      expect(readLine(text(letter, maxEventBytes))).toMatchObject({ ok: true });
      expect(readLine(text(letter, maxEventBytes + Buffer.byteLength(letter)))).toEqual({
        ok: false,
        problems: [{ field: '(event)', reason: 'must be at most 262144 bytes long' }],
      });
    },
  );
});
