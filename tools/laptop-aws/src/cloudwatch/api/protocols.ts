import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AwsError } from '../../aws/aws-error.ts';
import { asAwsError } from '../../aws/json-service.ts';
import { errorDocument } from '../../aws/query-service.ts';
import { readBody } from '../../aws/read-body.ts';
import type { AwsService } from '../../aws/service.ts';
import { cborProtocol } from './cbor.ts';
import { queryCode } from './failure.ts';
import { fromForm, xmlOf } from './query.ts';
import type { Protocol } from './protocol.ts';

/** Operation name to what it does, with input and output as the API reference has them; times are Dates. */
export type CloudWatchOperations = Readonly<Record<string, (input: unknown) => object>>;

/** PutMetricData's 1 MB (CloudWatch quotas), and room for its form encoding. */
const largestBodyBytes = 4 * 1024 * 1024;

const namespace = 'http://monitoring.amazonaws.com/doc/2010-08-01/';

/** AWS JSON 1.0. */
const jsonProtocol: Protocol = {
  contentType: 'application/x-amz-json-1.0',
  operation: ({ headers }) => String(headers['x-amz-target']).split('.').pop() ?? '',
  read: (body) => jsonOf(body),
  write: (_, output) => JSON.stringify(output, secondsForDates),
  fail: ({ code, message }) => JSON.stringify({ __type: `com.amazonaws.cloudwatch#${code}`, message }),
};

/** The query protocol: a form in, XML out. */
const queryProtocol: Protocol = {
  contentType: 'text/xml',
  operation: (_, input) => String((input as Readonly<Record<string, unknown>>)['Action'] ?? ''),
  read: (body, { url = '' }) =>
    fromForm(new URLSearchParams(body.length > 0 ? body.toString('utf8') : url.split('?')[1])),
  write: (operation, output, requestId) =>
    `<${operation}Response xmlns="${namespace}"><${operation}Result>${xmlOf(output)}</${operation}Result>` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
  fail: ({ code, message, status }, requestId) =>
    errorDocument(new AwsError(queryCode(code), message, status), requestId),
};

/**
 * A service in the three protocols that CloudWatch's clients speak (its model lists them in this order): Smithy RPC v2
 * CBOR, AWS JSON 1.0 (SDK for JavaScript 3, AWS CLI 1.45), and the query protocol of those before.
 */
export const inEveryProtocol =
  (operations: CloudWatchOperations): AwsService =>
  async (request, response) => {
    const requestId = randomUUID();
    const protocol = protocolOf(request);
    const answer = (status: number, body: string | Uint8Array, more: Readonly<Record<string, string>> = {}): void => {
      const headers = { 'content-type': protocol.contentType, 'x-amzn-requestid': requestId };
      response.writeHead(status, { ...headers, ...protocol.headers, ...more });
      response.end(body);
    };
    try {
      const input = protocol.read(await unpackedBody(request), request);
      const name = protocol.operation(request, input);
      const run = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (!run) throw unknownOperation(operations);
      answer(200, protocol.write(name, run(input), requestId));
    } catch (thrown) {
      const error = asAwsError(thrown);
      const who = error.status < 500 ? 'Sender' : 'Receiver';
      answer(error.status, protocol.fail(error, requestId), {
        'x-amzn-query-error': `${queryCode(error.code)};${who}`,
      });
    }
  };

const protocolOf = ({ headers }: IncomingMessage): Protocol => {
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') return cborProtocol;
  return headers['x-amz-target'] === undefined ? queryProtocol : jsonProtocol;
};

const inflate = promisify(gunzip);

/** The body, which SDKs compress when PutMetricData's is over 10 KB. */
const unpackedBody = async (request: IncomingMessage): Promise<Buffer> => {
  const body = await readBody(request, largestBodyBytes);
  if (request.headers['content-encoding'] !== 'gzip') return body;
  return inflate(body, { maxOutputLength: largestBodyBytes }).catch(() => {
    throw new AwsError('SerializationException', 'the body is not gzip, or too large');
  });
};

const unknownOperation = (operations: CloudWatchOperations): AwsError =>
  new AwsError('InvalidAction', `CloudWatch on the laptop has ${Object.keys(operations).join(', ')} only`);

const jsonOf = (body: Buffer): unknown => {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsError('SerializationException', 'the body is not JSON');
  }
};

/** JSON.stringify has made a text of a Date before it asks: `this` still has the Date. */
function secondsForDates(this: unknown, key: string, value: unknown): unknown {
  const given = (this as Readonly<Record<string, unknown>>)[key];
  return given instanceof Date ? given.getTime() / 1000 : value;
}
