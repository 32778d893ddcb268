import { join, resolve } from 'node:path';
import { readCommandLine } from '@acme/command-kit';
import { describe, expect, it } from '@jest/globals';
import { CommonOptions } from './options.ts';
import { startCommand } from './start-options.ts';

const common = { usage: 'npm run x --', does: 'x', options: CommonOptions };
const read = (...args: string[]) => readCommandLine(common, args, {}).options;
const start = (...args: string[]) => readCommandLine(startCommand, args, {}).options;

describe('the options of every command', () => {
  it('have defaults: the state folder of the repository and the usual ports', () => {
    expect(read()).toEqual({ dir: join(import.meta.dirname, '../../../.local'), port: 4200, awsPort: 4566 });
  });

  it('are read, a folder from where the command runs', () => {
    expect(read('--dir', 'state', '--port=1', '--aws-port', '65535')).toEqual({
      dir: resolve('state'),
      port: 1,
      awsPort: 65_535,
    });
  });
});

describe('npm start', () => {
  it.each([
    [['--port', '4566'], '--port and --aws-port are one port: the page and the AWS endpoint want one each'],
    [['--brokers', 'a:9092'], '--brokers are Kafka’s: say --transport kafka too'],
    [['--for', 'ever'], '--for takes a duration such as 60s, 10m or 2h'],
    [['--dial', 'all'], '--dial takes one of none, some, hostile'],
    [['--rat', '1'], 'there is no --rat; the nearest is --rate (--help lists all)'],
  ])('refuses %j', (args, message) => {
    expect(() => start(...args)).toThrow(expect.objectContaining({ name: 'UsageError', message }));
  });

  it('takes brokers for Kafka', () => {
    expect(start('--transport', 'kafka', '--brokers', 'a:9092,b:9093').brokers).toBe('a:9092,b:9093');
  });
});
