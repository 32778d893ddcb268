import { countFrames } from '@acme/lambda-kit';
import type { Line } from './line.ts';

/**
 * Lines in their order, at most so many in a text, each an event of its own there. A torn line takes what follows it
 * along when that begins no object, so these two come in different texts: the answer key knows each by itself.
 */
export const inTexts = (lines: readonly Line[], most: number): string[] => {
  const texts: string[][] = [];
  for (const { text } of lines) {
    const last = texts.at(-1);
    const before = last?.at(-1);
    const joins = last !== undefined && last.length < most && before !== undefined && standApart(before, text);
    if (joins) last.push(text);
    else texts.push([text]);
  }
  return texts.map((all) => all.join('\n'));
};

const standApart = (one: string, other: string): boolean => countFrames(Buffer.from(`${one}\n${other}`)) === 2;
