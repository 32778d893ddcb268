import { describe, expect, it } from '@jest/globals';
import { runProgram } from './program.fixture.ts';

/** A program that runs this command. */
const run = (work: string, expected = '') =>
  runProgram(`
    import { CommandError, HelpWanted, runCommand, UsageError } from './index.ts';
    class LakeError extends Error {}
    class DryLakeError extends LakeError {}
    await runCommand(async () => { ${work} }, [${expected}]);
    console.log('after');`);

describe('a command', () => {
  it('that succeeds has the exit code that it has set, and goes on', () => {
    expect(run('')).toEqual({ status: 0, stdout: 'after\n', stderr: '' });
    expect(run('process.exitCode = 3')).toEqual({ status: 3, stdout: 'after\n', stderr: '' });
  });

  it('that was asked for its help prints it and is done', () => {
    expect(run("throw new HelpWanted('there is --from')")).toEqual({
      status: 0,
      stdout: 'there is --from\n',
      stderr: '',
    });
  });

  it.each([
    ["throw new UsageError('--from is no day')", '', { status: 2, stdout: '', stderr: '--from is no day\n' }],
    ["throw new CommandError('no lake')", '', { status: 1, stdout: '', stderr: 'no lake\n' }],
    ["throw new DryLakeError('dry')", 'TypeError, LakeError', { status: 1, stdout: '', stderr: 'dry\n' }],
    ["setInterval(() => {}, 1_000); throw new CommandError('now')", '', { status: 1, stdout: '', stderr: 'now\n' }],
  ])('that fails as expected says so in one line, and ends: %s', (work, expected, ended) => {
    expect(run(work, expected)).toEqual(ended);
  });

  it('that fails otherwise shows where', () => {
    const { status, stdout, stderr } = run("throw new LakeError('leak')", 'DryLakeError');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/LakeError: leak\n +at /);
  });
});
