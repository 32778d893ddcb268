import { AwsError } from '../aws/aws-error.ts';
import type { Payload } from './stream-payload.ts';
import type { LambdaError } from './worker/protocol.ts';

/** The largest payload of a synchronous invocation: 6 MB (Lambda quotas). */
export const syncLimitBytes = 6 * 1024 * 1024;

/** The largest payload of an asynchronous invocation: 1 MB (Lambda quotas). */
export const asyncLimitBytes = 1024 * 1024;

/** What a response may have: 6 MB and the room that Lambda leaves for its own words. */
const responseLimitBytes = syncLimitBytes + 100;

/** @throws AwsError RequestEntityTooLargeException */
export const refuseOversize = (payload: Payload, limitBytes: number): void => {
  if (typeof payload === 'string' ? !fits(payload, limitBytes) : payload.sizeBytes > limitBytes)
    throw oversize(limitBytes);
};

export const oversize = (limitBytes: number): AwsError =>
  new AwsError(
    'RequestEntityTooLargeException',
    `Request must be smaller than ${limitBytes} bytes for the InvokeFunction operation`,
    413,
  );

export const fitsResponse = (payload: string): boolean => fits(payload, responseLimitBytes);

export const responseTooLarge = (payload: string): LambdaError => ({
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size (${Buffer.byteLength(payload)} bytes) exceeded maximum allowed payload size (${responseLimitBytes} bytes).`,
});

/** What an invocation with a payload that does not parse is answered. */
export const unreadable = (): AwsError =>
  new AwsError('InvalidRequestContentException', 'Could not parse request body into json: it is not JSON');

/** A character is one to three bytes in UTF-8, so most payloads need no counting. */
const fits = (text: string, limitBytes: number): boolean =>
  text.length * 3 <= limitBytes || (text.length <= limitBytes && Buffer.byteLength(text) <= limitBytes);
