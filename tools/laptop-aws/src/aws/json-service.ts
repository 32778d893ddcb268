import { randomUUID } from 'node:crypto';
import { AwsError } from './aws-error.ts';
import { type Encoding, jsonEncoding } from './encodings.ts';
import { readBody } from './read-body.ts';
import type { AwsService } from './service.ts';

/** What a service can do: operation name (as in x-amz-target) to a function of the parsed input. */
export type Operations = Readonly<Record<string, (input: never) => unknown>>;

/** The largest body any JSON service takes: PutRecords' 10 MiB as base64 in JSON, with room for its framing. */
const largestBodyBytes = 16 * 1024 * 1024;

/**
 * A service that speaks AWS JSON 1.0 or 1.1: Kinesis, Firehose, SSM, Secrets Manager, Logs, Glue, Athena.
 *
 * @param others further encodings of the same operations, by content type
 */
export const jsonService =
  (operations: Operations, others: Readonly<Record<string, Encoding>> = {}): AwsService =>
  async (request, response) => {
    const version = request.headers['content-type'] ?? 'application/x-amz-json-1.1';
    const type = version.split(';')[0]?.trim() ?? '';
    const encoding = (Object.hasOwn(others, type) ? others[type] : undefined) ?? jsonEncoding;
    const answer = (status: number, output: unknown): void => {
      const body = encoding.write(output);
      response.writeHead(status, { 'content-type': version, 'x-amzn-requestid': randomUUID() });
      response.end(body);
    };
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
      answer(200, (await run(encoding.read(body) as never)) ?? {});
    } catch (error) {
      const { code, message, status } = asAwsError(error);
      answer(status, { __type: code, message });
    }
  };

/** The AWS error in what was thrown; anything else is an InternalFailure, which SDK clients retry. */
export const asAwsError = (error: unknown): AwsError =>
  error instanceof AwsError
    ? error
    : new AwsError('InternalFailure', error instanceof Error ? error.message : String(error), 500);
