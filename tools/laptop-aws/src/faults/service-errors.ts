import { AwsError } from '../aws/aws-error.ts';
import type { AwsService } from '../aws/service.ts';
import { isOfFunction } from './callers.ts';
import type { FaultSource } from './fault-source.ts';
import { cut, silence, withoutAnswer } from './lost-answer.ts';

/** A service that functions write to, each with the errors that AWS answers with when it is in trouble. */
const errors = {
  'firehose-error': [
    ['ServiceUnavailableException', 'The service is unavailable. Back off and retry the operation.', 503],
    ['InternalFailure', 'The request processing has failed because of an unknown error.', 500],
  ],
  's3-error': [
    ['SlowDown', 'Please reduce your request rate.', 503],
    ['InternalError', 'We encountered an internal error. Please try again.', 500],
  ],
  'dynamodb-error': [
    ['InternalServerError', 'Internal server error', 500],
    ['ServiceUnavailable', 'The service is currently unavailable', 503],
    ['ProvisionedThroughputExceededException', 'Throughput exceeds the current capacity of your table.', 400],
  ],
  'connections-error': [
    ['InternalServerException', 'Internal server error', 500],
    ['ServiceUnavailableException', 'Service Unavailable', 503],
  ],
} as const satisfies Readonly<Record<string, readonly (readonly [string, string, number])[]>>;

export type ServiceErrorKind = keyof typeof errors;

/** How long a call is left without an answer before its connection is cut. AWS takes longer; a test has less time. */
const silenceMs = 2_000;

/** A refusal, unlike an error of the server, says that nothing was done. */
const isRefusal = (status: number): boolean => status < 500;

/**
 * A service that fails now and then when a function calls it: half of the time before it has done anything; else it
 * does what it was asked, and its answer is an error, a connection that is cut, or (rarest) silence.
 */
export const failingService = (kind: ServiceErrorKind, service: AwsService, faults: FaultSource): AwsService => {
  if (!faults.has(kind)) return service;
  return async (request, response) => {
    const random = isOfFunction(request) ? faults.decide(kind) : undefined;
    if (!random) return service(request, response);
    const [code, message, status] = errors[kind][random.below(errors[kind].length)] ?? errors[kind][0];
    const isDone = random.below(2) === 1 && !isRefusal(status);
    const ending = random.below(10);
    if (isDone) await withoutAnswer(service, request, response);
    faults.struck(kind);
    if (!isDone || ending < 5) throw new AwsError(code, message, status);
    if (ending < 9) return cut(response);
    return silence(response, silenceMs);
  };
};
