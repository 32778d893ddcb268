import type { Operations } from '../../aws/json-service.ts';
import { metric } from '../store/metric.ts';
import type { Metrics } from '../store/metrics.ts';

interface PutInput {
  readonly DeliveryStreamName: string;
  readonly Record?: { readonly Data: string };
  readonly Records?: readonly { readonly Data: string }[];
}

interface PutAnswer {
  readonly RequestResponses?: readonly { readonly ErrorCode?: string }[];
}

/** Firehose's puts, counted: AWS/Firehose IncomingRecords and IncomingBytes, by DeliveryStreamName. */
export const countedFirehoseCalls = (operations: Operations, metrics: Metrics): Operations => {
  const put =
    (operation: 'PutRecord' | 'PutRecordBatch') =>
    async (input: PutInput): Promise<unknown> => {
      const answer = (await operations[operation]?.(input as never)) as PutAnswer;
      const sent = input.Records ?? (input.Record ? [input.Record] : []);
      const taken = sent.filter((_, index) => answer.RequestResponses?.[index]?.ErrorCode === undefined);
      if (taken.length === 0) return answer;
      const bytes = taken.reduce((sum, { Data }) => sum + Buffer.byteLength(Data, 'base64'), 0);
      const of = (name: string) => metric('AWS/Firehose', name, 'DeliveryStreamName', input.DeliveryStreamName);
      metrics.add(of('IncomingRecords'), [taken.length], { unit: 'Count' });
      metrics.add(of('IncomingBytes'), [bytes], { unit: 'Bytes' });
      return answer;
    };
  return { ...operations, PutRecord: put('PutRecord'), PutRecordBatch: put('PutRecordBatch') };
};
