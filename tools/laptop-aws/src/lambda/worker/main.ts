// The inside of one execution environment: imports the function's code, then runs one invocation after the other.
import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { eventOf } from '../stream-payload.ts';
import { asLambdaError } from './lambda-error.ts';
import { loadHandler, type Handler } from './load-handler.ts';
import { framed, redirectOutput } from './output.ts';
import type { Boot, FromThread, LambdaError, Run } from './protocol.ts';

const boot = workerData as Boot;
const port = parentPort;
if (!port) throw new Error('an execution environment runs in a worker thread');
const tell = (message: FromThread): void => port.postMessage(message);

let current: string | undefined;
redirectOutput(boot, () => current, tell);

const logError = (what: string, error: LambdaError): void => {
  const { trace: stack, ...shown } = error;
  tell({
    kind: 'line',
    text: framed(boot.logFormat, 'ERROR', current, `${what}\t${JSON.stringify({ ...shown, stack })}`),
  });
};

/** Ends this environment, and no other, as Lambda's runtime ends its process. */
const die = (what: string, error: LambdaError, exitCode: number): never => {
  logError(what, error);
  tell({ kind: 'dying', error });
  process.exit(exitCode);
};
process.on('uncaughtException', (error) => die('Uncaught Exception', asLambdaError(error), 129));
process.on('unhandledRejection', (reason) => {
  const error = asLambdaError(reason);
  const errorMessage = `${error.errorType}: ${error.errorMessage}`;
  die('Unhandled Promise Rejection', { ...error, errorType: 'Runtime.UnhandledPromiseRejection', errorMessage }, 128);
});

const contextOf = ({ requestId, deadlineMs }: Run) => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: boot.functionName,
  functionVersion: '$LATEST',
  invokedFunctionArn: boot.functionArn,
  memoryLimitInMB: String(boot.memoryMb),
  awsRequestId: requestId,
  logGroupName: boot.logGroup,
  logStreamName: boot.logStream,
  getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
});

const usedBytes = (): number => {
  const { used_heap_size, external_memory, malloced_memory } = getHeapStatistics();
  return used_heap_size + external_memory + malloced_memory;
};

const serialised = (answer: unknown): string => {
  try {
    return JSON.stringify(answer) ?? 'null';
  } catch (cause) {
    const error = new Error('Unable to stringify response body', { cause });
    error.name = 'Runtime.MarshalError';
    throw error;
  }
};

const eventIn = ({ payload, data }: Run): unknown => {
  if (data) return eventOf(payload, data);
  return payload === '' ? {} : JSON.parse(payload);
};

const run = async (handler: Handler, request: Run): Promise<FromThread> => {
  let event: unknown;
  try {
    event = eventIn(request);
  } catch {
    return { kind: 'unreadable' };
  }
  try {
    const payload = serialised(await handler(event, contextOf(request)));
    return { kind: 'returned', payload, usedBytes: usedBytes() };
  } catch (thrown) {
    const error = asLambdaError(thrown);
    logError('Invoke Error', error);
    return { kind: 'threw', error, usedBytes: usedBytes() };
  }
};

loadHandler(boot.codeDir, boot.handler).then(
  (handler) => {
    port.on('message', async (request: Run) => {
      current = request.requestId;
      tell(await run(handler, request));
    });
    tell({ kind: 'ready' });
  },
  (thrown: unknown) => die('Uncaught Exception', asLambdaError(thrown), 1),
);
