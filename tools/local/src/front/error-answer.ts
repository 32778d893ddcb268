import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AwsError } from '../aws/aws-error.ts';
import { errorDocument } from '../aws/query-service.ts';

/** Services whose answers are XML of the query protocol. */
const queryServices: readonly string[] = ['sts', 'cloudformation', 'monitoring', 'sns', 'iam'];

/** Answers an error in the form that the service's clients parse; without a service, in the form of the request. */
export const answerError = (
  request: IncomingMessage,
  response: ServerResponse,
  error: AwsError,
  service: string | undefined,
): void => {
  const { code, message, status } = error;
  const requestId = randomUUID();
  const [type, body] = isJson(request, service)
    ? ['application/json', JSON.stringify({ __type: code, message })]
    : ['application/xml', errorDocument(error, requestId, service === undefined || !queryServices.includes(service))];
  response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': requestId, 'x-amzn-errortype': code });
  response.end(request.method === 'HEAD' ? undefined : body);
};

const isJson = ({ headers }: IncomingMessage, service: string | undefined): boolean =>
  service === undefined
    ? headers['x-amz-target'] !== undefined || /json/.test(headers['content-type'] ?? '')
    : service !== 's3' && !queryServices.includes(service);
