import { describe, expect, it } from '@jest/globals';
import { readCommandLine, refused, text, UsageError } from './command-line.ts';

const options = { from: text, repair: { type: 'boolean', default: false } } as const;
const read = (...args: string[]) => readCommandLine(options, args);

describe('a command line', () => {
  it('is options with their values', () => {
    expect({ ...read('--from', '2026-11-21', '--repair') }).toEqual({ from: '2026-11-21', repair: true });
    expect({ ...read() }).toEqual({ repair: false });
  });

  it.each([
    [['--form', 'x'], "Unknown option '--form'; there are --from --repair"],
    [['x'], "Unexpected argument 'x'; there are --from --repair"],
    [['--from'], "Option '--from <value>' argument missing; there are --from --repair"],
    [['--from', '--repair'], "Option '--from' argument is ambiguous; there are --from --repair"],
    [['--repair=yes'], "Option '--repair' does not take an argument; there are --from --repair"],
  ])('that is not understood is told with the options that there are: %j', (args, message) => {
    expect(() => read(...args)).toThrow(expect.objectContaining({ name: 'UsageError', message }));
  });

  it('of a command with one option says so', () => {
    expect(() => readCommandLine({ out: text }, ['--in'])).toThrow(/^Unknown option '--in'; there is --out$/);
  });

  it('that a schema refuses has a line for each option', () => {
    const issues = [
      { path: ['count'], message: 'Too big' },
      { path: ['dial', 'late'], message: 'Too small' },
    ];
    expect(refused(issues)).toEqual(new UsageError('--count: Too big\n--dial.late: Too small'));
  });
});
