import { textFramesOf } from '@acme/lambda-kit';
import { describe, expect, it } from '@jest/globals';
import type { Line } from './line.ts';
import { inTexts } from './texts.ts';

const line = (text: string): Line => ({
  text,
  onStream: text,
  expected: { number: 0, eventId: 'ev', fault: undefined, outcome: 'lands', copies: 0 },
});
const [good, torn, quoted, pretty] = ['{"a":1}', '{"a":1,', '"{}"', '{\n  "a": 1\n}'];

describe('inTexts', () => {
  it('puts lines together, at most so many', () => {
    expect(inTexts([good, torn, good, pretty, good].map(line), 2)).toEqual([
      `${good}\n${torn}`,
      `${good}\n${pretty}`,
      good,
    ]);
  });

  it('has each line an event of its own, also what a torn one would take along', () => {
    const lines = [torn, quoted, torn, pretty, torn, good, quoted, pretty];
    const texts = inTexts(lines.map(line), 10);
    expect(texts).toEqual([torn, [quoted, torn, pretty, torn, good, quoted, pretty].join('\n')]);
    expect(texts.flatMap((text) => [...textFramesOf(text)])).toEqual(lines);
  });
});
