import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AwsError } from '../aws/aws-error.ts';
import { ec2ErrorDocument, errorDocument } from '../aws/query-service.ts';

/** Services whose answers are XML of the query protocol. */
const queryServices: readonly string[] = ['sts', 'cloudformation', 'monitoring', 'sns', 'iam'];

/** Answers an error in the form that the service's clients parse; without a service, in the form of the request. */
export const answerError = (
  request: IncomingMessage,
  response: ServerResponse,
  error: AwsError,
  service: string | undefined,
): void => {
  const { code, status } = error;
  const requestId = randomUUID();
  const form = formOf(request, service);
  const body = documentOf(form, error, requestId);
  response.writeHead(status, {
    'content-type': form === 'json' ? 'application/json' : 'application/xml',
    'x-amzn-requestid': requestId,
    'x-amzn-errortype': code,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
};

type Form = 'json' | 'query' | 'ec2' | 'rest-xml';

/** Of a service that is not here, what it has sent says what it reads: a form is the query protocol's. */
const formOf = ({ headers }: IncomingMessage, service: string | undefined): Form => {
  const type = headers['content-type'] ?? '';
  if (service === 'ec2') return 'ec2';
  if (service === 's3') return 'rest-xml';
  if (type.startsWith('application/x-www-form-urlencoded') || queryServices.includes(service ?? '')) return 'query';
  return service !== undefined || headers['x-amz-target'] !== undefined || type.includes('json') ? 'json' : 'rest-xml';
};

const documentOf = (form: Form, error: AwsError, requestId: string): string => {
  if (form === 'json') return JSON.stringify({ __type: error.code, message: error.message });
  if (form === 'query') return errorDocument(error, requestId);
  return form === 'ec2' ? ec2ErrorDocument(error, requestId) : errorDocument(error, requestId, true);
};
