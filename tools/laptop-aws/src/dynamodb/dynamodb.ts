import { Agent, type IncomingMessage, request as httpRequest } from 'node:http';
import { crc32 } from 'node:zlib';
import { AwsError } from '../aws/aws-error.ts';
import { readBody } from '../aws/read-body.ts';
import type { AwsService } from '../aws/service.ts';
import { askForCapacity, type ConsumedCapacity, takeCapacity, takesCapacity } from './consumed-capacity.ts';
import { keepDynoxideRunning } from './kept-running.ts';
import { withOurArns } from './region-of-arns.ts';
import { largestBodyBytes, operationOf, requestBody } from './request.ts';

/** DynamoDB on the laptop: the AWS API, and calls from within the platform. */
export interface DynamoDb {
  readonly service: AwsService;
  /**
   * One operation, in and out as the API's JSON.
   *
   * @throws AwsError what DynamoDB answers with
   */
  call(operation: string, input: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** What the engine has answered to a client. */
export interface Answered {
  readonly status: number;
  readonly body: Buffer;
  /** Within the engine, and to it and back. */
  readonly durationMs: number;
  /** By table; none of a refusal. */
  readonly capacity: readonly ConsumedCapacity[];
}

/**
 * @param dir the state folder; tables are in its dynamodb/tables.db
 * @throws DynamoDbError when the engine is missing or does not start
 */
export const openDynamoDb = async ({
  dir,
  report = () => undefined,
  measure,
}: {
  readonly dir: string;
  /** Told when the engine had to be started again. */
  readonly report?: (line: string) => void;
  /** Told of each answer to a client. @default nobody, and no capacity is asked for */
  readonly measure?: (request: IncomingMessage, answered: Answered) => void;
}): Promise<DynamoDb> => {
  const engine = await keepDynoxideRunning(dir, report);
  const agent = new Agent({ keepAlive: true });

  /** @param kept whether a connection that is open may serve; the engine closes those that have been idle for a while */
  const forward = (body: Buffer, headers: Readonly<Record<string, string>>, kept = true): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const target = { ...engine.place, method: 'POST', path: '/' };
      const sent = httpRequest({ ...target, agent: kept ? agent : false, headers }, resolve);
      sent.on('error', ({ code, message }: NodeJS.ErrnoException) => {
        // Closed as the request set out, which then was not read: Node's documentation of `reusedSocket`.
        if (kept && sent.reusedSocket && code === 'ECONNRESET') resolve(forward(body, headers, false));
        else reject(new AwsError('InternalServerError', `DynamoDB: ${engine.stopped() ?? message}; start again`, 500));
      });
      sent.end(body);
    });

  return {
    service: async (request, response) => {
      const body = await requestBody(request);
      const asking = measure && takesCapacity(operationOf(request)) ? askForCapacity(body) : undefined;
      const startedMs = performance.now();
      const answer = await forward(asking?.body ?? body, passedOn(request));
      const whole = await readBody(answer, largestBodyBytes).catch(() => {
        throw new AwsError('InternalServerError', 'DynamoDB: the engine ended within its answer', 500);
      });
      const durationMs = performance.now() - startedMs;
      const status = answer.statusCode ?? 500;
      const taken = asking && status === 200 ? takeCapacity(whole, asking.wanted) : { capacity: [], body: whole };
      measure?.(request, { status, durationMs, ...taken });
      const ours = withOurArns(operationOf(request), taken.body);
      response.writeHead(status, { ...answeredWith(answer), ...(ours === whole ? {} : describing(ours)) });
      response.end(ours);
    },
    call: async (operation, input) => {
      const answer = await forward(Buffer.from(JSON.stringify(input)), {
        ...internal,
        'x-amz-target': `DynamoDB_20120810.${operation}`,
      });
      const output = JSON.parse((await readBody(answer, largestBodyBytes)).toString('utf8')) as Failure;
      if (answer.statusCode === 200) return output;
      const code = output.__type?.split('#').pop() ?? 'InternalServerError';
      throw new AwsError(code, output.message ?? output.Message ?? code, answer.statusCode);
    },
    close: async () => {
      agent.destroy();
      await engine.close();
    },
  };
};

/** The engine wants to see a signature, but does not check it. */
const internal = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-west-2/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0',
};

interface Failure {
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
}

/** The headers of an answer, without those of its connection. */
const answeredWith = ({ headers }: IncomingMessage) => {
  const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...others } = headers;
  return others;
};

/** The headers that depend on a body; some clients check the sum. */
const describing = (body: Buffer) => ({ 'content-length': body.length, 'x-amz-crc32': crc32(body) });

/** The headers that DynamoDB reads. */
const passedOn = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    ['content-type', 'x-amz-target', 'x-amz-date', 'authorization', 'x-amz-security-token']
      .map((name) => [name, headers[name]] as const)
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
