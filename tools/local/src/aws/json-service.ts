import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { AwsError } from './aws-error.ts';
import { readBody } from './read-body.ts';
import type { AwsService } from './service.ts';

/** What a service can do: operation name (as in x-amz-target) to a function of the parsed input. */
export type Operations = Readonly<Record<string, (input: never) => unknown>>;

/** The largest body any JSON service takes: PutRecords' 10 MiB as base64 in JSON, with room for its framing. */
const largestBodyBytes = 16 * 1024 * 1024;

/** A service that speaks AWS JSON 1.0 or 1.1: Kinesis, Firehose, SSM, Secrets Manager, Logs, Glue, Athena. */
export const jsonService =
  (operations: Operations): AwsService =>
  async (request, response) => {
    const version = request.headers['content-type'] ?? 'application/x-amz-json-1.1';
    try {
      const operation =
        String(request.headers['x-amz-target'] ?? '')
          .split('.')
          .pop() ?? '';
      const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!run)
        throw new AwsError(
          'UnknownOperationException',
          `the laptop platform does not have ${operation || 'a request without x-amz-target'} here`,
        );
      const body = await readBody(request, largestBodyBytes);
      answer(response, 200, version, (await run(parsed(body) as never)) ?? {});
    } catch (error) {
      const { code, message, status } = asAwsError(error);
      answer(response, status, version, { __type: code, message });
    }
  };

/** The AWS error in what was thrown; anything else is an InternalFailure, which SDK clients retry. */
export const asAwsError = (error: unknown): AwsError =>
  error instanceof AwsError
    ? error
    : new AwsError('InternalFailure', error instanceof Error ? error.message : String(error), 500);

const parsed = (body: Buffer): unknown => {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsError('SerializationException', 'the body is not JSON');
  }
};

const answer = (response: ServerResponse, status: number, version: string, output: unknown): void => {
  response.writeHead(status, { 'content-type': version, 'x-amzn-requestid': randomUUID() });
  response.end(JSON.stringify(output));
};
