import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { aFunction, aLog, removeFunctions } from './function.fixture.ts';
import type { FunctionSpec } from './functions.ts';
import { openFunctions, type LambdaFunctions } from './open-functions.ts';

const open: LambdaFunctions[] = [];
const running = (code: string, spec: Partial<FunctionSpec> = {}) => {
  const log = aLog();
  const functions = openFunctions({ logs: log, baseEnvironment: { AWS_REGION: 'us-west-2' }, concurrency: 2 });
  open.push(functions);
  functions.define(aFunction(code, spec));
  return {
    functions,
    lines: () => log.of('/aws/lambda/tried'),
    invoke: async (event: unknown = {}) => {
      const { payload, ...rest } = await functions.invoke('tried', JSON.stringify(event), 'request-1');
      return { answer: JSON.parse(payload), functionError: rest.functionError };
    },
  };
};
afterEach(() => Promise.all(open.splice(0).map((functions) => functions.stop())));
afterAll(removeFunctions);

const works = `export const handler = async (event) => {
  const act = {
    exit: () => process.exit(3), loop: () => { for (;;); }, hang: () => new Promise(() => {}),
    throwLater: () => { setTimeout(() => { throw new TypeError('late'); }); return new Promise(() => {}); },
    reject: () => { Promise.reject(new RangeError('nobody listens')); return new Promise(() => {}); },
    hoard: () => { const all = []; for (;;) all.push(new Array(1e5).fill(Math.random())); },
    circular: () => { const a = {}; a.a = a; return a; }, text: () => { throw 'plain text'; },
    large: () => 'x'.repeat(6291556), nothing: () => undefined,
    fail: () => { throw Object.assign(new Error('no'), { name: 'OrderError' }); },
  }[event.act];
  console.log('asked for %s', event.act);
  return act ? act() : { pong: event };
};`;

describe('a function', () => {
  it('answers with what its handler returned', async () => {
    const { invoke } = running(works);
    expect(await invoke({ a: 1 })).toEqual({ answer: { pong: { a: 1 } }, functionError: undefined });
    expect(await invoke({ act: 'nothing' })).toEqual({ answer: null, functionError: undefined });
  });

  it('keeps its environment from one invocation to the next', async () => {
    const { invoke } = running(`let times = 0; export const handler = async () => ++times;`);
    const answers = [await invoke(), await invoke(), await invoke()];
    expect(answers.map(({ answer }) => answer)).toEqual([1, 2, 3]);
  });

  it('runs its environments next to each other, up to its concurrency', async () => {
    const { invoke, functions } = running(`let at = 0, most = 0;
      export const handler = async () => { most = Math.max(most, ++at); await new Promise((r) => setTimeout(r, 5)); at--; return [process.env.AWS_LAMBDA_LOG_STREAM_NAME, most]; };`);
    const answers = await Promise.all(Array.from({ length: 12 }, () => invoke()));
    expect(functions.concurrencyOf('tried')).toBe(2);
    expect(new Set(answers.map(({ answer }) => answer[0])).size).toBe(2);
    expect(new Set(answers.map(({ answer }) => answer[1]))).toEqual(new Set([1]));
  });

  it('refuses what is over its reserved concurrency', async () => {
    const { invoke } = running(works, { reservedConcurrency: 1 });
    const [first, second] = await Promise.allSettled([invoke({ n: 1 }), invoke({ n: 2 })]);
    expect(first).toMatchObject({ status: 'fulfilled' });
    expect(second).toMatchObject({ reason: { code: 'TooManyRequestsException', status: 429 } });
  });

  it('sees its own environment and nothing of the machine', async () => {
    const { invoke } = running(`export const handler = async () => process.env;`, {
      environment: { TABLE: 'results' },
    });
    const { answer } = await invoke();
    expect(answer).toEqual({
      _HANDLER: 'index.handler',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_FUNCTION_NAME: 'tried',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_FORMAT: 'Text',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/tried',
      AWS_LAMBDA_LOG_LEVEL: 'INFO',
      AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      AWS_REGION: 'us-west-2',
      LAMBDA_TASK_ROOT: expect.any(String),
      LANG: 'en_US.UTF-8',
      TABLE: 'results',
      TZ: ':UTC',
    });
  });

  it('gets the context that Lambda gives', async () => {
    const { invoke } = running(
      `export const handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() });`,
    );
    const { answer } = await invoke();
    expect(answer).toEqual({
      awsRequestId: 'request-1',
      callbackWaitsForEmptyEventLoop: true,
      functionName: 'tried',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:us-west-2:000000000000:function:tried',
      left: expect.any(Number),
      logGroupName: '/aws/lambda/tried',
      logStreamName: expect.any(String),
      memoryLimitInMB: '128',
    });
    expect(answer.left).toBeGreaterThan(0);
    expect(answer.left).toBeLessThanOrEqual(10_000);
  });

  it('is found by name, partial ARN and ARN, and by nothing else', async () => {
    const { functions } = running(works);
    for (const name of ['tried', '000000000000:function:tried', 'arn:aws:lambda:us-west-2:000000000000:function:tried'])
      expect(functions.has(name)).toBe(true);
    expect(functions.has('unknown')).toBe(false);
    await expect(functions.invoke('unknown', '{}')).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
    await expect(functions.invoke('tried:7', '{}')).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
    await expect(functions.invoke('no name', '{}')).rejects.toMatchObject({ code: 'ValidationException' });
  });

  it('takes 6 MB and no more, and only JSON', async () => {
    const { functions } = running(`export const handler = async (event) => event.length;`);
    const largest = JSON.stringify('x'.repeat(6 * 1024 * 1024 - 2));
    expect(await functions.invoke('tried', largest)).toMatchObject({ payload: '6291454' });
    const over = functions.invoke('tried', JSON.stringify('é'.repeat(3 * 1024 * 1024)));
    await expect(over).rejects.toMatchObject({ code: 'RequestEntityTooLargeException', status: 413 });
    await expect(functions.invoke('tried', '{')).rejects.toMatchObject({ code: 'InvalidRequestContentException' });
    expect(await functions.invoke('tried', '"still there"')).toMatchObject({ payload: '11' });
  });
});

describe('a failing invocation', () => {
  const failing: Record<string, [spec: Partial<FunctionSpec>, error: object]> = {
    fail: [{}, { errorType: 'OrderError', errorMessage: 'no', trace: expect.arrayContaining(['OrderError: no']) }],
    text: [{}, { errorType: 'string', errorMessage: 'plain text', trace: [] }],
    circular: [
      {},
      {
        errorType: 'Runtime.MarshalError',
        errorMessage: 'Unable to stringify response body',
        trace: expect.anything(),
      },
    ],
    large: [
      {},
      {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size (6291558 bytes) exceeded maximum allowed payload size (6291556 bytes).',
      },
    ],
    exit: [
      {},
      {
        errorType: 'Runtime.ExitError',
        errorMessage: 'RequestId: request-1 Error: Runtime exited with error: exit status 3',
      },
    ],
    throwLater: [{}, { errorType: 'TypeError', errorMessage: 'late', trace: expect.anything() }],
    reject: [
      {},
      {
        errorType: 'Runtime.UnhandledPromiseRejection',
        errorMessage: 'RangeError: nobody listens',
        trace: expect.anything(),
      },
    ],
    loop: [
      { timeoutSeconds: 1 },
      { errorType: 'Sandbox.Timedout', errorMessage: 'RequestId: request-1 Error: Task timed out after 1.00 seconds' },
    ],
    hang: [
      { timeoutSeconds: 1 },
      { errorType: 'Sandbox.Timedout', errorMessage: 'RequestId: request-1 Error: Task timed out after 1.00 seconds' },
    ],
    hoard: [
      { memoryMb: 64 },
      {
        errorType: 'Runtime.OutOfMemory',
        errorMessage: 'RequestId: request-1 Error: Runtime exited with error: signal: killed',
      },
    ],
  };
  it.each(Object.entries(failing))('of kind %s is told, and the next one works', async (act, [spec, error]) => {
    const { invoke, lines } = running(works, spec);
    expect(await invoke({ act })).toEqual({ answer: error, functionError: 'Unhandled' });
    expect(lines()).toContainEqual(expect.stringMatching(new RegExp(`\trequest-1\tINFO\tasked for ${act}$`)));
    expect(await invoke({ a: 2 })).toEqual({ answer: { pong: { a: 2 } }, functionError: undefined });
  });

  it('because of an import is told by each invocation until the import works', async () => {
    const { invoke, functions } = running(
      `import { existsSync } from 'node:fs';
      if (!existsSync(process.env.WAITS_FOR)) throw new Error('not yet');
      export const handler = async () => 'up';`,
      { environment: { WAITS_FOR: '/nowhere/at/all' } },
    );
    await functions.start();
    const answer = { errorType: 'Error', errorMessage: 'not yet', trace: expect.anything() };
    expect(await invoke()).toEqual({ answer, functionError: 'Unhandled' });
    expect(await invoke()).toEqual({ answer, functionError: 'Unhandled' });
    functions.define({ ...functions.specOf('tried'), environment: { WAITS_FOR: '/' } });
    expect(await invoke()).toEqual({ answer: 'up', functionError: undefined });
  });

  it.each([
    ['index.other', 'Runtime.HandlerNotFound'],
    ['missing.handler', 'Runtime.ImportModuleError'],
    ['handler', 'Runtime.MalformedHandlerName'],
  ])('because the handler is %s is a %s', async (handler, errorType) => {
    const { invoke } = running(works, { handler });
    expect(await invoke()).toMatchObject({ answer: { errorType }, functionError: 'Unhandled' });
  });

  it('because the code does not parse, or takes a callback, is named as Lambda names it', async () => {
    expect((await running('export const handler = ;').invoke()).answer.errorType).toBe('Runtime.UserCodeSyntaxError');
    const callback = running('export const handler = (event, context, callback) => callback(null, 1);');
    expect((await callback.invoke()).answer.errorType).toBe('Runtime.CallbackHandlerDeprecated');
  });
});

describe('the end of the platform', () => {
  it('answers what runs and what waits with an error of the service, not of the function', async () => {
    const { functions, invoke } = running(works, { timeoutSeconds: 900 });
    await invoke();
    const all = Array.from({ length: 4 }, () => invoke({ act: 'hang' }));
    const answers = Promise.allSettled(all);
    await functions.stop();
    expect(await answers).toEqual(
      Array(4).fill({ status: 'rejected', reason: expect.objectContaining({ code: 'ServiceException', status: 503 }) }),
    );
    await expect(invoke()).rejects.toMatchObject({ code: 'ServiceException' });
  });
});

describe('the log of a function', () => {
  it('has the lines of Lambda around those of the invocation', async () => {
    const { functions, lines } = running(`process.stdout.write('im'); process.stdout.write('port\\n');
      export const handler = async () => { console.warn('two\\nlines', { a: 1 }); process.stdout.write('{"own":1}\\nhalf'); };`);
    const { logTail } = await functions.invoke('tried', '{}', 'request-1');
    expect(lines()).toEqual([
      'import',
      'START RequestId: request-1 Version: $LATEST',
      expect.stringMatching(/^\d{4}-\S+Z\trequest-1\tWARN\ttwo\nlines \{ a: 1 \}$/),
      '{"own":1}',
      'half',
      'END RequestId: request-1',
      expect.stringMatching(
        /^REPORT RequestId: request-1\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: [\d.]+ ms$/,
      ),
    ]);
    expect(logTail).toBe(`${lines().slice(1).join('\n')}\n`);
  });

  it('is of JSON objects when the function says so, without what is below its levels', async () => {
    const { invoke, lines } = running(
      `export const handler = async () => { console.debug('no'); console.error('yes'); };`,
      {
        logging: { format: 'JSON', applicationLevel: 'WARN', group: '/aws/lambda/tried' },
      },
    );
    await invoke();
    expect(lines().map((line) => JSON.parse(line))).toEqual([
      { time: expect.any(String), type: 'platform.start', record: { requestId: 'request-1', version: '$LATEST' } },
      { timestamp: expect.any(String), level: 'ERROR', requestId: 'request-1', message: 'yes' },
      {
        time: expect.any(String),
        type: 'platform.report',
        record: { requestId: 'request-1', status: 'success', metrics: expect.objectContaining({ memorySizeMB: 128 }) },
      },
    ]);
  });

  it.each(['return 1', 'process.exit(0)', 'for (;;);'])('is whole when the handler ends in %s', async (end) => {
    const { invoke, lines } = running(
      `export const handler = async () => { for (let i = 0; i < 5000; i++) process.stdout.write('line ' + i + '\\n'); ${end} };`,
      { timeoutSeconds: 2 },
    );
    await invoke();
    const written = lines().filter((line) => line.startsWith('line '));
    expect(written).toEqual(Array.from({ length: 5000 }, (_, i) => `line ${i}`));
    expect(lines()).toContain('END RequestId: request-1');
  });
});
