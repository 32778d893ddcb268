import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathToFileURL } from 'node:url';
import { AwsError } from '../aws/aws-error.ts';
import { asAwsError } from '../aws/json-service.ts';
import type { AwsService } from '../aws/service.ts';
import { configurationOf } from './configuration.ts';
import { invokeOverHttp } from './invoke-over-http.ts';
import type { LambdaFunctions } from './open-functions.ts';

/** An event source mapping as the Lambda API tells it (API reference, EventSourceMappingConfiguration). */
export interface EventSourceMapping {
  readonly UUID: string;
  /** Not of a Kafka cluster that is not MSK's. */
  readonly EventSourceArn?: string;
  readonly FunctionArn: string;
  readonly [field: string]: unknown;
}

interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  /** The last variable part of the path, decoded. */
  readonly id: string;
}

/** The Lambda API, for any SDK client: invoke, the functions, the event source mappings. */
export const lambdaService = (
  functions: LambdaFunctions,
  eventSourceMappings: () => readonly EventSourceMapping[] = () => [],
): AwsService => {
  const routes: readonly (readonly [string, RegExp, (call: Call) => unknown])[] = [
    [
      'POST',
      /^\/2015-03-31\/functions\/([^/]+)\/invocations$/,
      ({ request, response, id, query }) => invokeOverHttp(functions, id, request, response, query),
    ],
    [
      'GET',
      /^\/2015-03-31\/functions\/([^/]+)\/configuration$/,
      ({ id, response }) => answer(response, configurationOf(functions.specOf(id))),
    ],
    ['GET', /^\/2015-03-31\/functions\/([^/]+)$/, ({ id, response }) => answer(response, described(functions, id))],
    [
      'GET',
      /^\/2015-03-31\/functions\/?()$/,
      ({ response, query }) => {
        const { items, next } = page([...functions.names()].sort(), query, 50);
        const Functions = items.map((name) => configurationOf(functions.specOf(name)));
        answer(response, { Functions, NextMarker: next });
      },
    ],
    [
      'GET',
      /^\/2015-03-31\/event-source-mappings\/([^/]+)$/,
      ({ id, response }) => {
        const found = eventSourceMappings().find(({ UUID }) => UUID === id);
        if (!found) throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
        answer(response, found);
      },
    ],
    [
      'GET',
      /^\/2015-03-31\/event-source-mappings\/?()$/,
      ({ response, query }) => {
        const { items, next } = page(asked(functions, eventSourceMappings(), query), query, 100);
        answer(response, { EventSourceMappings: items, NextMarker: next });
      },
    ],
  ];

  return async (request, response) => {
    try {
      const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://lambda');
      for (const [method, path, run] of routes) {
        const match = request.method === method && path.exec(pathname);
        if (match) return void (await run({ request, response, query, id: decodeURIComponent(match[1] ?? '') }));
      }
      throw new AwsError('UnknownOperationException', 'the laptop platform does not have this Lambda operation', 404);
    } catch (error) {
      refuse(response, asAwsError(error));
    }
  };
};

const described = (functions: LambdaFunctions, id: string): object => {
  const spec = functions.specOf(id);
  return {
    Configuration: configurationOf(spec),
    Code: { RepositoryType: 'S3', Location: pathToFileURL(spec.codeDir).href },
    Tags: spec.about?.tags,
    ...(spec.reservedConcurrency === undefined
      ? {}
      : { Concurrency: { ReservedConcurrentExecutions: spec.reservedConcurrency } }),
  };
};

const asked = (
  functions: LambdaFunctions,
  mappings: readonly EventSourceMapping[],
  query: URLSearchParams,
): readonly EventSourceMapping[] => {
  const source = query.get('EventSourceArn');
  const name = query.get('FunctionName');
  const wanted = name === null ? null : functions.specOf(name).name;
  return mappings.filter(
    ({ EventSourceArn, FunctionArn }) =>
      (source === null || EventSourceArn === source) && (wanted === null || FunctionArn.split(':').at(6) === wanted),
  );
};

/** A page of a list; the marker is the place of its first item. */
const page = <T>(
  all: readonly T[],
  query: URLSearchParams,
  largest: number,
): { items: readonly T[]; next?: string } => {
  const from = Number(query.get('Marker') ?? 0);
  const size = Math.min(Number(query.get('MaxItems') ?? largest), largest);
  if (!Number.isInteger(from) || !Number.isInteger(size) || size < 1)
    throw new AwsError('InvalidParameterValueException', 'Marker or MaxItems is not one of this list');
  const items = all.slice(from, from + size);
  return from + size < all.length ? { items, next: String(from + size) } : { items };
};

const answer = (response: ServerResponse, output: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID() });
  response.end(JSON.stringify(output));
};

const refuse = (response: ServerResponse, { code, message, status }: AwsError): void => {
  if (response.headersSent) return void response.destroy();
  const [Type, httpStatus] = status >= 500 ? ['Service', status] : ['User', status];
  response.writeHead(httpStatus, {
    'content-type': 'application/json',
    'x-amzn-errortype': code,
    'x-amzn-requestid': randomUUID(),
  });
  response.end(JSON.stringify({ Type, Message: message, message }));
};
