import { describe, expect, it } from '@jest/globals';
import { toldOnce } from './told-once.ts';

describe('what is told of batches that cannot be read', () => {
  it('is each of them once, of the first twenty, and then that there are more', () => {
    const told: string[] = [];
    const tell = toldOnce((line) => told.push(line));
    const lines = Array.from({ length: 30 }, (_, each) => `batch ${each}`);
    for (const line of [...lines, ...lines]) tell(line);
    const more = 'more batches that cannot be read: the log group /acme/platform has them all';
    expect(told).toEqual([...lines.slice(0, 20), more]);
  });
});
