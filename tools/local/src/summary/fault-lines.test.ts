import { describe, expect, it } from '@jest/globals';
import { readCommandLine } from '@acme/command-kit';
import { faultKinds } from '@acme/laptop-aws/options';
import { startCommand } from '../start-options.ts';
import { struckLines, switchedOnLine } from './fault-lines.ts';

const read = (...args: string[]) => readCommandLine(startCommand, args, {}).options;

describe('--faults', () => {
  it('takes names with commas between them, or all', () => {
    expect(read('--faults', 'throttle,gone', '--fault-seed', '5')).toMatchObject({
      faults: ['throttle', 'gone'],
      faultSeed: 5,
    });
    expect(read('--faults', 'all').faults).toEqual(faultKinds);
    expect(read().faults).toBeUndefined();
  });

  it.each(['junk', '', 'throttle,', 'throttle,junk', 'toString'])('refuses %j in one line with every name', (names) => {
    expect(() => read('--faults', names)).toThrow(
      `--faults takes all, or some of ${faultKinds.join(', ')} with commas between them`,
    );
  });
});

describe('what is said of faults', () => {
  it('is how to have the same again, and how often each has struck', () => {
    expect(switchedOnLine(['throttle', 'gone'], 5)).toContain('--faults throttle,gone --fault-seed 5');
    expect(switchedOnLine(faultKinds, 5)).toContain('--faults all --fault-seed 5');
    expect(struckLines({}).length).toBe(0);
    expect(struckLines({ throttle: 1200, gone: 0 }).join('\n')).toMatch(
      /1,200 +injected\n +1,200 +throttle\n +0 +gone/,
    );
  });
});
