import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { stripVTControlCharacters } from 'node:util';
import { withFullDiskSaidOnce } from './full-disk.ts';
import { Progress } from './progress.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('a full disk on the screen', () => {
  it('is one line, whatever fails for it and however often, and one more when it is over', () => {
    let shown = '';
    const screen = { write: (text: string) => (shown += stripVTControlCharacters(text)) };
    const progress = new Progress(withFullDiskSaidOnce(screen, '/state'));
    const fails = (what: string) => progress.line(`${what}: ENOSPC: no space left on device, write`);

    progress.line('10 generated');
    for (let at = 0; at < 1_000; at += 1) fails(`S3: PUT /bucket/${at}`);
    progress.line('20 generated');
    jest.advanceTimersByTime(9_000);
    fails('log group a');
    jest.advanceTimersByTime(9_000);
    expect(shown.split('\n')).toEqual([
      '10 generated',
      'The disk that holds /state is full: free some space on it, or take a folder elsewhere with --dir.',
      'what cannot be written waits and is tried again; only log lines are lost',
      '20 generated',
      '',
    ]);

    shown = '';
    jest.advanceTimersByTime(1_000);
    fails('again');
    expect(shown.split('\n').slice(0, 2)).toEqual([
      'the disk takes writes again; 1,000 more lines of what had failed were left out',
      'The disk that holds /state is full: free some space on it, or take a folder elsewhere with --dir.',
    ]);
  });
});
