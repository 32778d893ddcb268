import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.ts';

describe('readOptions', () => {
  it('is the reference data set for the laptop platform when nothing is said', () => {
    const { set, target } = readOptions(['--aws-port', '4790'], {});
    expect(set).toMatchObject({ seed: 1, scale: 1, from: '2026-10-01', to: '2026-10-31' });
    expect(target).toMatchObject({ stage: 'local', client: { endpoint: 'http://127.0.0.1:4790' } });
  });

  it('takes a data set, and a stage on AWS', () => {
    const args = '--scale 0.5 --seed 9 --from 2026-01-01 --to 2026-01-02 --stage prod'.split(' ');
    const { set, target } = readOptions(args, { STAGE: 'dev' });
    expect(set).toMatchObject({ seed: 9, scale: 0.5, days: ['2026-01-01', '2026-01-02'] });
    expect(target).toEqual({ stage: 'prod', client: { region: 'us-west-2' } });
  });

  it.each([
    ['--scale 0', '--scale must be from 0.00001 to 1000000: 100000 events each'],
    ['--scale many', '--scale must be from 0.00001 to 1000000: 100000 events each'],
    ['--scale=', '--scale takes a number'],
    ['--seed 1.5', '--seed takes a whole number from 0 to 4294967295'],
    ['--from 2026-10-03 --to 2026-10-02', '--from must not lie after to'],
    ['--from yesterday', '--from must be a day from 2000-01-01 to 9998-12-31'],
    ['--to 2026-02-30', '--to must be a day from 2000-01-01 to 9998-12-31'],
    ['--fast', 'there is no --fast; --help lists those that there are'],
    ['everything', "'everything' belongs to no option; npx nx run lake-loader:seed takes options alone"],
  ])('refuses %s', (args, message) => {
    expect(() => readOptions(args.split(' '), {})).toThrow(expect.objectContaining({ name: 'UsageError', message }));
  });
});
