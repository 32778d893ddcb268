import { AwsError } from '../aws/aws-error.ts';
import type { EnvironmentLog } from './environment-log.ts';
import type { ExecutionEnvironment, Outcome } from './execution-environment.ts';
import type { FunctionSpec, Invocation, InvocationMeasures } from './functions.ts';
import { platformLines, type Report } from './invocation-log.ts';
import { fitsResponse, responseTooLarge, unreadable } from './payload-limits.ts';
import type { Payload } from './stream-payload.ts';
import type { LambdaError } from './worker/protocol.ts';

/** An environment with its log; `fresh` until its first invocation, whose report tells how long it took to start. */
export interface LoggedEnvironment {
  readonly environment: ExecutionEnvironment;
  readonly log: EnvironmentLog;
  fresh: boolean;
}

/**
 * Runs one invocation in an environment, with Lambda's lines around it in the log.
 *
 * @throws AwsError InvalidRequestContentException when the payload is not JSON, ServiceException when the platform
 * ended the environment meanwhile
 */
export const runInvocation = async (
  spec: FunctionSpec,
  logged: LoggedEnvironment,
  payload: Payload,
  requestId: string,
  measures?: InvocationMeasures,
): Promise<Invocation> => {
  const { environment, log } = logged;
  const lines = platformLines(spec.logging ?? {});
  const started = await environment.started;
  log.begin();
  lines.started(requestId).forEach(log.line);
  const begun = performance.now();
  const outcome =
    started.kind === 'ready' ? await environment.invoke({ requestId, payload }, spec.timeoutSeconds * 1000) : started;
  log.flush();

  const result = resultOf(outcome, requestId);
  const report: Report = {
    requestId,
    durationMs: performance.now() - begun,
    memoryMb: spec.memoryMb,
    usedMb: result.usedBytes === undefined ? spec.memoryMb : Math.ceil(result.usedBytes / 1024 / 1024),
    initMs: logged.fresh ? environment.initMs() : undefined,
    status: outcome.kind === 'timedOut' ? 'timeout' : result.error ? 'error' : 'success',
    errorType: result.error?.errorType,
  };
  lines.ended(report).forEach(log.line);
  logged.fresh = false;
  if (outcome.kind === 'stopped') throw stopping();
  if (outcome.kind === 'unreadable') throw unreadable();
  measures?.invoked(spec.name, report);
  if (result.error && outcome.kind !== 'answered') log.line(`${result.error.errorMessage}\n${result.error.errorType}`);
  const answer = { requestId, payload: result.payload, logTail: log.tail() };
  return result.error ? { ...answer, functionError: 'Unhandled' } : answer;
};

/** What invocations are answered that the end of the platform cuts off: not a failure of the function. */
export const stopping = (): AwsError => new AwsError('ServiceException', 'the platform is stopping', 503);

interface Result {
  readonly payload: string;
  readonly error?: LambdaError | undefined;
  /** Unknown when the environment ended. */
  readonly usedBytes?: number | undefined;
}

/** The outcome as the caller of the function sees it. */
const resultOf = (outcome: Outcome, requestId: string): Result => {
  const failed = (error: LambdaError, usedBytes?: number): Result => ({
    error,
    payload: JSON.stringify(error),
    usedBytes,
  });
  const ended = (errorType: string, reason: string): Result =>
    failed({ errorType, errorMessage: `RequestId: ${requestId} ${reason}` });
  switch (outcome.kind) {
    case 'answered':
      return fitsResponse(outcome.payload) ? outcome : failed(responseTooLarge(outcome.payload), outcome.usedBytes);
    case 'ended':
      return outcome.error.trace ? failed(outcome.error) : ended(outcome.error.errorType, outcome.error.errorMessage);
    case 'timedOut':
      return ended(
        'Sandbox.Timedout',
        `Error: ${outcome.what} timed out after ${outcome.afterSeconds.toFixed(2)} seconds`,
      );
    case 'unreadable':
      return ended(unreadable().code, unreadable().message);
    default:
      return ended(stopping().code, stopping().message);
  }
};
