import { randomUUID } from 'node:crypto';
import type { AwsService } from './service.ts';
import { AwsError } from './aws-error.ts';
import { asAwsError } from './json-service.ts';
import { readBody } from './read-body.ts';

/** Operation name (the `Action` parameter) to what it answers, as XML inside its `<ActionResult>`. */
export type QueryOperations = Readonly<Record<string, (parameters: URLSearchParams) => string | Promise<string>>>;

/** No request of the query services here is longer. */
const largestBodyBytes = 1024 * 1024;

/** A service that speaks the AWS query protocol, form in and XML out: STS, CloudFormation. */
export const queryService =
  (namespace: string, operations: QueryOperations): AwsService =>
  async (request, response) => {
    const requestId = randomUUID();
    const answer = (status: number, document: string): void => {
      response.writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': requestId });
      response.end(document);
    };
    try {
      const body = await readBody(request, largestBodyBytes);
      const parameters = new URLSearchParams(
        body.length > 0 ? body.toString('utf8') : (request.url ?? '').split('?')[1],
      );
      const action = parameters.get('Action') ?? '';
      const run = Object.hasOwn(operations, action) ? operations[action] : undefined;
      if (!run) throw new AwsError('InvalidAction', 'the laptop platform does not have this action here');
      const result = await run(parameters);
      answer(
        200,
        `<${action}Response xmlns="${namespace}"><${action}Result>${result}</${action}Result>` +
          `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`,
      );
    } catch (thrown) {
      const error = asAwsError(thrown);
      answer(error.status, errorDocument(error, requestId));
    }
  };

/** An error as EC2 answers it, in its own form of the query protocol. */
export const ec2ErrorDocument = ({ code, message }: AwsError, requestId: string): string =>
  `<Response><Errors><Error><Code>${escaped(code)}</Code><Message>${escaped(message)}</Message></Error></Errors>` +
  `<RequestID>${requestId}</RequestID></Response>`;

/** An error as the query protocol answers it, or bare as S3 does. */
export const errorDocument = ({ code, message, status }: AwsError, requestId: string, bare = false): string => {
  const named = `<Code>${escaped(code)}</Code><Message>${escaped(message)}</Message>`;
  if (bare) return `<?xml version="1.0"?><Error>${named}<RequestId>${requestId}</RequestId></Error>`;
  const type = status < 500 ? 'Sender' : 'Receiver';
  return `<ErrorResponse><Error><Type>${type}</Type>${named}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
};

/** One element with text in it, or nothing for undefined. */
export const element = (name: string, text: string | undefined): string =>
  text === undefined ? '' : `<${name}>${escaped(text)}</${name}>`;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character] as string);
