import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aFunction, aLog, removeFunctions } from '../lambda/function.fixture.ts';
import { startEnvironment } from '../lambda/execution-environment.ts';
import type { FunctionSpec, Invocation } from '../lambda/functions.ts';
import { openFunctions } from '../lambda/open-functions.ts';
import { openFaults } from './faults.ts';
import type { FaultKind } from './fault-kinds.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'faults-'));
});
afterEach(() => {
  removeFunctions();
  rmSync(dir, { recursive: true });
});

/** Writes `began` and, 500 ms later or at once, `ended` into a file. */
const slow = (ms: number): string => `
  import { appendFileSync } from 'node:fs';
  export const handler = async () => {
    appendFileSync(process.env.FILE, 'began ');
    if (${ms} > 0) await new Promise((resolve) => setTimeout(resolve, ${ms}));
    appendFileSync(process.env.FILE, 'ended ');
    return 'answer';
  };`;

const invoke = async (kind: FaultKind, code: string, only: Partial<FunctionSpec> = {}) => {
  const faults = openFaults({ kinds: [kind], seed: 1, rates: { [kind]: 1 } });
  const log = aLog();
  const functions = openFunctions({
    logs: log,
    baseEnvironment: {},
    concurrency: 1,
    startEnvironment: faults.environments(startEnvironment),
  });
  const file = join(dir, 'done');
  functions.define(aFunction(code, { ...only, environment: { FILE: file } }));
  const answers = [await functions.invoke('tried', '{}', 'one'), await functions.invoke('tried', '{}', 'two')];
  await functions.stop();
  const done = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return { answers, done, counts: faults.counts(), lines: log.of('/aws/lambda/tried').join('') };
};

const error = ({ payload, functionError }: Invocation | undefined = { requestId: '', payload: '{}' }) => ({
  functionError,
  ...(JSON.parse(payload) as object),
});
const killed = (requestId: string) => ({
  functionError: 'Unhandled',
  errorType: 'Runtime.ExitError',
  errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
});

describe('a function', () => {
  it('is killed before its handler runs, each time in an environment of its own', async () => {
    const { answers, done, counts } = await invoke('kill-before', slow(0));
    expect(answers.map(error)).toEqual([killed('one'), killed('two')]);
    expect([done, counts]).toEqual(['', { 'kill-before': 2 }]);
  });

  it('is killed while its handler runs', async () => {
    const { answers, done, counts } = await invoke('kill-during', slow(5000));
    expect(answers.map(error)).toEqual([killed('one'), killed('two')]);
    expect(done).not.toContain('ended');
    expect(counts).toEqual({ 'kill-during': 2 });
  });

  it('is killed after its handler has done everything, and its answer is lost', async () => {
    const { answers, done, counts } = await invoke('kill-after', slow(0));
    expect(answers.map(error)).toEqual([killed('one'), killed('two')]);
    expect([done, counts]).toEqual(['began ended began ended ', { 'kill-after': 2 }]);
  });

  it('ends as if its time-out had struck', async () => {
    const { answers, done, lines } = await invoke('function-timeout', slow(5000), { timeoutSeconds: 60 });
    expect(answers.map(error)[0]).toEqual({
      functionError: 'Unhandled',
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: one Error: Task timed out after 60.00 seconds',
    });
    expect(done).not.toContain('ended');
    expect(lines).toContain('Status: timeout');
  });

  it('that fails by itself keeps its own error', async () => {
    const { answers, counts } = await invoke(
      'kill-after',
      `export const handler = () => { throw new Error('mine'); };`,
    );
    expect(error(answers[0])).toMatchObject({ errorType: 'Error', errorMessage: 'mine' });
    expect(counts).toEqual({ 'kill-after': 0 });
  });
});
