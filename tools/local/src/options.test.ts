import { describe, expect, it } from '@jest/globals';
import { join, resolve } from 'node:path';
import { CommonOptions, flag, readOptions } from './options.ts';

const read = (...args: string[]) => readOptions(CommonOptions, args).options;

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

  it('can be extended, with flags and with words beside them', () => {
    const schema = CommonOptions.extend({ json: flag });
    const { options, rest } = readOptions(schema, ['--json', 'SELECT 1', '--port', '2']);
    expect([options.json, options.port, rest]).toEqual([true, 2, ['SELECT 1']]);
    expect(readOptions(schema, []).options.json).toBe(false);
  });

  it.each([
    [['--port', 'x'], '--port takes a whole number from 1 to 65535'],
    [
      ['--port', '0', '--aws-port', '70000'],
      '--port takes a whole number from 1 to 65535; --aws-port takes a whole number from 1 to 65535',
    ],
    [['--dir', ''], '--dir takes a folder'],
    [['--colour', 'red'], 'there is an unknown option; options are --dir, --port, --aws-port'],
    [['--dir'], 'an option lacks its value or has one that it does not take; options are --dir, --port, --aws-port'],
  ])('that are wrong are told in one line: %j', (args, message) => {
    expect(() => read(...args)).toThrow(new RegExp(`^${message}$`));
  });
});
