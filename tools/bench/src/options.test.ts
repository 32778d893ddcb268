import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.ts';

describe('readOptions', () => {
  it('measures everything, the platform with a million events, when nothing is said', () => {
    expect(readOptions([])).toEqual({ only: [], events: 1_000_000, strict: false });
  });

  it('takes names one by one or with commas', () => {
    const args = ['--only', 'synthetic,producer', '--only', 'local/start', '--events', '50000', '--strict'];
    expect(readOptions(args)).toEqual({
      only: ['synthetic', 'producer', 'local/start'],
      events: 50_000,
      strict: true,
    });
  });

  it.each([
    [['--events', '0'], '--events takes a whole number from 1 to 999999999'],
    [['--events', 'many'], '--events takes a whole number from 1 to 999999999'],
    [['--fast'], 'there is no --fast; --help lists those that there are'],
    [['producer'], "'producer' belongs to no option; npm run bench takes options alone"],
  ])('refuses %j', (args, reason) => {
    expect(() => readOptions(args)).toThrow(expect.objectContaining({ name: 'UsageError', message: reason }));
  });
});
