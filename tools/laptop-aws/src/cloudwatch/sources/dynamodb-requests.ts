import type { IncomingMessage } from 'node:http';
import { AwsError } from '../../aws/aws-error.ts';
import type { AwsService } from '../../aws/service.ts';
import { isRead } from '../../dynamodb/consumed-capacity.ts';
import type { Answered } from '../../dynamodb/dynamodb.ts';
import { operationOf, requestBody } from '../../dynamodb/request.ts';
import { requestedTables } from '../../dynamodb/requested-tables.ts';
import type { Metrics } from '../store/metrics.ts';

export interface DynamoDbRequests {
  /** Told of the engine's answers: what they consumed was consumed, even if a fault then loses the answer. */
  measure(request: IncomingMessage, answered: Answered): void;
  /** The service, faults included, with what its clients were answered counted. */
  counted(service: AwsService): AwsService;
}

/** Refusals for want of throughput (DynamoDB developer guide, error handling). */
const throttles = ['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded'];

/**
 * Metrics of AWS/DynamoDB (its metrics and dimensions). By TableName, and GlobalSecondaryIndexName:
 * ConsumedReadCapacityUnits and ConsumedWriteCapacityUnits. By TableName and Operation: SuccessfulRequestLatency,
 * ReturnedItemCount, ThrottledRequests, SystemErrors. By TableName: ReadThrottleEvents, WriteThrottleEvents,
 * ConditionalCheckFailedRequests. Of all tables: UserErrors. None has a value while nothing happens.
 */
export const dynamoDbRequests = (metrics: Metrics): DynamoDbRequests => {
  const answers = new WeakMap<IncomingMessage, Answered>();

  const add = (name: string, by: Readonly<Record<string, string>>, value: number, unit = 'Count'): void => {
    const dimensions = Object.entries(by).map(([Name, Value]) => ({ Name, Value }));
    metrics.add({ namespace: 'AWS/DynamoDB', name, dimensions }, [value], { unit });
  };

  const consumed = (operation: string, { capacity }: Answered): void => {
    for (const { TableName, CapacityUnits, ReadCapacityUnits, GlobalSecondaryIndexes = {} } of capacity) {
      const didRead = isRead(operation) || ReadCapacityUnits !== undefined;
      const name = didRead ? 'ConsumedReadCapacityUnits' : 'ConsumedWriteCapacityUnits';
      let own = CapacityUnits;
      for (const [GlobalSecondaryIndexName, index] of Object.entries(GlobalSecondaryIndexes)) {
        own -= index.CapacityUnits;
        add(name, { TableName, GlobalSecondaryIndexName }, index.CapacityUnits);
      }
      if (own > 0) add(name, { TableName }, own);
    }
  };

  const succeeded = (Operation: string, { capacity, durationMs, body }: Answered): void => {
    for (const { TableName } of capacity) {
      add('SuccessfulRequestLatency', { TableName, Operation }, durationMs, 'Milliseconds');
      if (Operation !== 'Query' && Operation !== 'Scan') continue;
      // What looks like it within an item is no number, or has its quotes escaped.
      const count = /"Count":(\d+),"ScannedCount":/.exec(body.toString('latin1'))?.[1];
      if (count !== undefined) add('ReturnedItemCount', { TableName, Operation }, Number(count));
    }
  };

  const failed = async (request: IncomingMessage, status: number, code: string): Promise<void> => {
    const Operation = operationOf(request);
    const body = await requestBody(request).catch(() => undefined);
    if (!body) return; // cut off half-way, or far too large: DynamoDB has not seen it
    const isThrottled = throttles.includes(code);
    const isConditional = code === 'ConditionalCheckFailedException';
    if (status < 500 && !isThrottled && !isConditional) add('UserErrors', {}, 1);
    for (const [TableName, items] of requestedTables(body)) {
      if (status >= 500) add('SystemErrors', { TableName, Operation }, 1);
      if (isConditional) add('ConditionalCheckFailedRequests', { TableName }, 1);
      if (!isThrottled) continue;
      add('ThrottledRequests', { TableName, Operation }, 1);
      add(isRead(Operation) ? 'ReadThrottleEvents' : 'WriteThrottleEvents', { TableName }, items);
    }
  };

  return {
    measure(request, answered) {
      answers.set(request, answered);
      consumed(operationOf(request), answered);
    },
    counted: (service) => async (request, response) => {
      try {
        await service(request, response);
      } catch (error) {
        if (error instanceof AwsError) await failed(request, error.status, error.code);
        throw error;
      }
      const answered = answers.get(request);
      if (!answered || !response.writableEnded) return; // its connection was cut: neither a success nor an error
      if (answered.status === 200) succeeded(operationOf(request), answered);
      else await failed(request, answered.status, codeOf(answered));
    },
  };
};

/** The name of an error, without what stands before it. */
const codeOf = ({ body }: Answered): string => /"__type":"(?:[^"#]*#)?([^"]+)"/.exec(body.toString('utf8'))?.[1] ?? '';
