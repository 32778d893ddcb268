import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { HelpWanted, readCommandLine, refused, UsageError } from './command-line.ts';
import { flag, oneOf, text, wholeNumber } from './options.ts';

const command = {
  usage: 'npm run audit --',
  does: 'Proves that nothing was lost.',
  options: z.strictObject({
    from: text('a day').optional().describe('Where it begins'),
    awsPort: wholeNumber(1, 65_535).default(4566),
    sink: z
      .array(oneOf(['lake', 'page']))
      .default([])
      .describe('Only this one'),
    repair: flag.describe('Whether what is found is mended'),
  }),
};
const read = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => readCommandLine(command, args, env);

describe('a command line', () => {
  it('is options with their values', () => {
    const given = ['--from', '2026-11-21', '--repair', '--aws-port=1', '--sink', 'lake', '--sink', 'page'];
    expect(read(given)).toEqual({
      options: { from: '2026-11-21', awsPort: 1, sink: ['lake', 'page'], repair: true },
      words: [],
    });
    expect(read([])).toEqual({ options: { awsPort: 4566, sink: [], repair: false }, words: [] });
  });

  it('has words beside them where the command takes some', () => {
    const args = ['--repair', 'SELECT 1', '--', '--from'];
    expect(readCommandLine({ ...command, words: '"<statement>"' }, args, {}).words).toEqual(['SELECT 1', '--from']);
  });

  it.each([
    [['--form', 'x'], 'there is no --form; the nearest is --from (--help lists all)'],
    [['--awsport=1'], 'there is no --awsport; the nearest is --aws-port (--help lists all)'],
    [['--colour', 'red'], 'there is no --colour; --help lists those that there are'],
    [['-f'], 'there is no -f; --help lists those that there are'],
    [['20'], "'20' belongs to no option; npm run audit takes options alone"],
    [['--from'], '--from lacks its value: it takes a day'],
    [['--from', '--repair'], '--from lacks its value: it takes a day'],
    [['--from='], '--from takes a day'],
    [['--repair=yes'], '--repair takes no value'],
    [['--sink', 'tv'], '--sink takes lake or page'],
    [['--aws-port', '0x1', '--from', ''], '--from takes a day\n--aws-port takes a whole number from 1 to 65535'],
  ])('that is not understood is told, never with the value that was given: %j', (args, message) => {
    expect(() => read(args)).toThrow(expect.objectContaining({ name: 'UsageError', message }));
  });

  it('whose options npm took for itself is told where they go', () => {
    const env = {
      npm_lifecycle_event: 'audit',
      npm_config_aws_port: 'true',
      npm_config_yes: '',
      npm_config_cache: 'x',
    };
    expect(() => read(['20'], env)).toThrow(
      new UsageError('npm took --aws-port for itself: options go behind --, as in npm run audit -- --aws-port …'),
    );
    expect(read([], { npm_config_aws_port: '1' }).options.awsPort).toBe(4566);
  });

  it('with --help is answered by what the schema says', () => {
    const help = [
      'npm run audit -- [options]',
      '',
      'Proves that nothing was lost.',
      '',
      '  --from      Where it begins.',
      '              Takes a day.',
      '  --aws-port  Takes a whole number from 1 to 65535; without it 4566.',
      '  --sink      Only this one.',
      '              Takes lake or page, and may stand more than once.',
      '  --repair    Whether what is found is mended.',
      '  --help      This.',
    ];
    expect(() => read(['--from', '--help'])).toThrow(new HelpWanted(help.join('\n')));
  });

  it('that a rule about several options refuses is told so', () => {
    const options = command.options.refine(({ from, repair }) => from === undefined || !repair, '--from or --repair');
    expect(() => readCommandLine({ ...command, options }, ['--from', 'x', '--repair'], {})).toThrow(
      new UsageError('--from or --repair'),
    );
  });

  it('that a schema refuses has a line for each option', () => {
    const issues = [
      { path: ['count'], message: 'Too big' },
      { path: ['dial', 'late'], message: 'Too small' },
    ];
    expect(refused(issues)).toEqual(new UsageError('--count: Too big\n--dial.late: Too small'));
  });
});
