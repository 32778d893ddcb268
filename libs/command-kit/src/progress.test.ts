import { describe, expect, it } from '@jest/globals';
import { Progress } from './progress.ts';

const screen = (isTTY: boolean) => {
  const written: string[] = [];
  return { isTTY, columns: 20, write: (text: string) => written.push(text), written };
};

describe('Progress', () => {
  it('says each step with its detail and time, and passes its failure on', async () => {
    const to = screen(false);
    const progress = new Progress(to);
    await progress.step('build', async () => '83 resources');
    await expect(progress.step('run', async () => Promise.reject(new Error('no port')))).rejects.toThrow('no port');
    expect(to.written).toHaveLength(1);
    expect(to.written[0]).toMatch(/^build +83 resources +.*\d\.\d s.*\n$/);
  });

  it('keeps the bottom line below the lines that come, and within the width of the terminal', () => {
    const to = screen(true);
    const progress = new Progress(to);
    progress.status('0123456789012345678901234');
    progress.line('a line');
    expect(to.written).toEqual(['01234567890123456789', '\r\u001b[2K', 'a line\n', '01234567890123456789']);
  });

  it('writes no bottom line where there is no terminal', () => {
    const to = screen(false);
    new Progress(to).status('12 %');
    expect(to.written).toEqual([]);
  });
});
