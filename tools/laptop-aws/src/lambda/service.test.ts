import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  GetEventSourceMappingCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  type InvokeCommandInput,
} from '@aws-sdk/client-lambda';
import { servedAlone } from '../aws/served-alone.ts';
import { aFunction, aLog, removeFunctions } from './function.fixture.ts';
import { openFunctions, type LambdaFunctions } from './open-functions.ts';
import { lambdaService } from './service.ts';

let functions: LambdaFunctions;
let server: Awaited<ReturnType<typeof servedAlone>>;
let client: LambdaClient;
let log: ReturnType<typeof aLog>;

const mapping = {
  UUID: '11111111-2222-3333-4444-555555555555',
  EventSourceArn: 'arn:aws:kinesis:us-west-2:000000000000:stream/clicks',
  FunctionArn: 'arn:aws:lambda:us-west-2:000000000000:function:tried',
  BatchSize: 100,
  State: 'Enabled',
};

beforeEach(async () => {
  log = aLog();
  functions = openFunctions({ logs: log, baseEnvironment: {}, concurrency: 1, asyncRetryDelaysMs: [5, 5] });
  const code = `const seen = []; export const handler = async (event, { awsRequestId }) => {
    console.log('got', event);
    if (event.fail) throw new RangeError('asked to fail');
    return { event, awsRequestId };
  };`;
  functions.define(
    aFunction(code, { environment: { TABLE: 'results' }, reservedConcurrency: 3, about: { runtime: 'nodejs24.x' } }),
  );
  functions.define(aFunction(code, { name: 'another' }));
  server = await servedAlone(lambdaService(functions, () => [mapping]));
  client = new LambdaClient(server.client);
});
afterEach(async () => {
  client.destroy();
  await server.close();
  await functions.stop();
});
afterAll(removeFunctions);

const invoke = async (input: Partial<InvokeCommandInput>) => {
  const { Payload, $metadata, ...rest } = await client.send(new InvokeCommand({ FunctionName: 'tried', ...input }));
  return {
    ...rest,
    answer: Payload?.length ? JSON.parse(Payload.transformToString()) : undefined,
    id: $metadata.requestId,
  };
};

describe('the Lambda API', () => {
  it('invokes a function and answers with what it returned', async () => {
    const { answer, id, ...rest } = await invoke({ Payload: Buffer.from('{"a":1}') });
    expect(answer).toEqual({ event: { a: 1 }, awsRequestId: id });
    expect(rest).toEqual({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect((await invoke({ Payload: undefined })).answer.event).toEqual({});
  });

  it('tells of a failed invocation, with the end of its log when asked', async () => {
    const { LogResult, ...failed } = await invoke({ Payload: Buffer.from('{"fail":true}'), LogType: 'Tail' });
    expect(failed).toMatchObject({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      answer: { errorType: 'RangeError', errorMessage: 'asked to fail' },
    });
    const tail = Buffer.from(LogResult ?? '', 'base64').toString();
    expect(tail).toMatch(/^START RequestId: /);
    expect(tail).toContain('Invoke Error');
    expect(tail).toMatch(/Status: error\tError Type: RangeError\n$/);
  });

  it('accepts an event at once and tries it three times under one request id', async () => {
    const { StatusCode, id, answer } = await invoke({ InvocationType: 'Event', Payload: Buffer.from('{"fail":true}') });
    expect({ StatusCode, answer }).toEqual({ StatusCode: 202, answer: undefined });
    await until(() => log.of('/aws/lambda/tried').some((line) => line.startsWith('GIVEN UP')));
    const lines = log.of('/aws/lambda/tried');
    expect(lines.filter((line) => line.startsWith('START'))).toEqual(
      Array(3).fill(`START RequestId: ${id} Version: $LATEST`),
    );
    expect(lines.at(-1)).toMatch(new RegExp(`^GIVEN UP RequestId: ${id}\t{"errorType":"RangeError"`));
  });

  it('runs nothing on a dry run', async () => {
    expect(await invoke({ InvocationType: 'DryRun' })).toMatchObject({ StatusCode: 204 });
    expect(log.of('/aws/lambda/tried')).toEqual([]);
  });

  it.each([
    ['ResourceNotFoundException', 404, { FunctionName: 'unknown' }],
    ['ResourceNotFoundException', 404, { Qualifier: 'live' }],
    ['InvalidRequestContentException', 400, { Payload: Buffer.from('{') }],
    ['InvalidRequestContentException', 400, { Payload: Buffer.from('{'), InvocationType: 'Event' as const }],
    ['RequestEntityTooLargeException', 413, { Payload: Buffer.alloc(6 * 1024 * 1024 + 1, '1') }],
    [
      'RequestEntityTooLargeException',
      413,
      { Payload: Buffer.alloc(1024 * 1024 + 1, '1'), InvocationType: 'Event' as const },
    ],
    ['InvalidParameterValueException', 400, { ClientContext: 'e30=' }],
  ])('answers %s (%i)', async (name, status, input) => {
    await expect(invoke(input)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
  });

  it('answers 429 when the reserved concurrency is used up', async () => {
    functions.define({ ...functions.specOf('tried'), reservedConcurrency: 0 });
    await expect(invoke({})).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      $metadata: { httpStatusCode: 429 },
    });
  });

  it('describes functions', async () => {
    const { Functions } = await client.send(new ListFunctionsCommand({}));
    expect(Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['another', 'tried']);
    const first = await client.send(new ListFunctionsCommand({ MaxItems: 1 }));
    const second = await client.send(new ListFunctionsCommand({ MaxItems: 1, Marker: first.NextMarker }));
    expect([first.Functions?.[0]?.FunctionName, second.Functions?.[0]?.FunctionName]).toEqual(['another', 'tried']);
    expect(second.NextMarker).toBeUndefined();

    const configuration = await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'tried' }));
    expect(configuration).toMatchObject({
      FunctionArn: 'arn:aws:lambda:us-west-2:000000000000:function:tried',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 10,
      MemorySize: 128,
      Environment: { Variables: { TABLE: 'results' } },
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/tried' },
    });
    const whole = await client.send(new GetFunctionCommand({ FunctionName: 'tried' }));
    expect(whole.Concurrency).toEqual({ ReservedConcurrentExecutions: 3 });
    expect(whole.Configuration?.FunctionName).toBe('tried');
  });

  it('describes event source mappings', async () => {
    const of = async (input: object) =>
      (await client.send(new ListEventSourceMappingsCommand(input))).EventSourceMappings?.map(({ UUID }) => UUID);
    expect(await of({})).toEqual([mapping.UUID]);
    expect(await of({ FunctionName: 'tried' })).toEqual([mapping.UUID]);
    expect(await of({ FunctionName: 'another' })).toEqual([]);
    expect(await of({ EventSourceArn: 'arn:aws:kinesis:us-west-2:000000000000:stream/other' })).toEqual([]);
    expect(await client.send(new GetEventSourceMappingCommand({ UUID: mapping.UUID }))).toMatchObject(mapping);
    await expect(client.send(new GetEventSourceMappingCommand({ UUID: 'unknown' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};
