import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws/aws-error.ts';
import { readBody } from '../aws/read-body.ts';
import type { LambdaFunctions } from './open-functions.ts';
import { asyncLimitBytes, oversize, syncLimitBytes } from './payload-limits.ts';

/** The Invoke operation: RequestResponse (the default), Event or DryRun. */
export const invokeOverHttp = async (
  functions: LambdaFunctions,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
): Promise<void> => {
  if (request.headers['x-amz-client-context'] !== undefined)
    throw new AwsError('InvalidParameterValueException', 'the laptop platform passes no client context to functions');
  const qualifier = query.get('Qualifier');
  const name = functions.specOf(qualifier ? `${id}:${qualifier}` : id).name;
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  const payload = await payloadOf(request, type === 'Event' ? asyncLimitBytes : syncLimitBytes);

  if (type === 'DryRun') return void response.writeHead(204, { 'x-amzn-requestid': randomUUID() }).end();
  if (type === 'Event') {
    const requestId = await functions.invokeEvent(name, payload);
    return void response.writeHead(202, { 'x-amzn-requestid': requestId }).end();
  }
  if (type !== 'RequestResponse')
    throw new AwsError('InvalidParameterValueException', 'InvocationType is RequestResponse, Event or DryRun');

  const { requestId, payload: answer, functionError, logTail } = await functions.invoke(name, payload);
  response.writeHead(200, {
    'content-type': 'application/json',
    'x-amzn-requestid': requestId,
    'x-amz-executed-version': '$LATEST',
    ...(functionError ? { 'x-amz-function-error': functionError } : {}),
    ...(request.headers['x-amz-log-type'] === 'Tail'
      ? { 'x-amz-log-result': Buffer.from(logTail ?? '').toString('base64') }
      : {}),
  });
  response.end(answer);
};

/** The body; one that is announced as too large is let run out, so that its sender gets to hear the error. */
const payloadOf = async (request: IncomingMessage, limitBytes: number): Promise<string> => {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) {
    request.resume();
    throw oversize(limitBytes);
  }
  return (await readBody(request, limitBytes)).toString('utf8');
};
