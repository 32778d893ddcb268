import { describe, expect, it } from '@jest/globals';
import { countFrames } from './framing.ts';

const good = '{"event_id":"good"}';

describe('the events of a large text', () => {
  // Looked through anew from every line, a megabyte would take hours: what never closes is followed 32 levels deep.
  it.each(['{"a":[\n', '{"a":1,\n', '{},\n', '{\n', '{"a":{"b":[\n{}\n'])(
    'are found among a megabyte of %j, each line by itself',
    (torn) => {
      const lines = Math.floor(1_000_000 / torn.length);
      expect(countFrames(Buffer.from(`${torn.repeat(lines)}${good}`))).toBe(lines * torn.trim().split('\n').length + 1);
    },
  );
});
