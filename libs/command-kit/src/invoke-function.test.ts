import { describe, expect, it } from '@jest/globals';
import { runProgram } from './program.fixture.ts';

describe('invokeFunction', () => {
  it('says whom it could not invoke, and what to do', () => {
    const ended = runProgram(`
      import { awsTarget, runCommand } from './index.ts';
      import { InvokeError, invokeFunction } from './invoke-function.ts';
      const invocation = { of: 'data-generator', order: {}, maxAttempts: 1 };
      await runCommand(() => invokeFunction(awsTarget({ awsPort: 1 }, {}), invocation), [InvokeError]);`);
    expect(ended).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'could not invoke acme-data-generator: nothing answers at http://127.0.0.1:1: start the platform with npm start, or name the folder that it runs on with --dir\n',
    });
  });
});
