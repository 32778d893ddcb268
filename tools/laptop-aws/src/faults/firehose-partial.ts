import type { Operations } from '../aws/json-service.ts';
import type { FaultSource } from './fault-source.ts';

interface Batch {
  readonly Records?: readonly unknown[];
}
interface Answer {
  readonly RequestResponses: readonly object[];
}

/**
 * Firehose's PutRecordBatch with `firehose-partial`: it takes some records and refuses others, as its documentation
 * says (https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html).
 */
export const refusingBatches = (operations: Operations, faults: FaultSource): Operations => {
  if (!faults.has('firehose-partial')) return operations;
  const pass = async (input: unknown): Promise<Answer> =>
    (await operations['PutRecordBatch']?.(input as never)) as Answer;
  return {
    ...operations,
    PutRecordBatch: async (input: Batch) => {
      const { Records: records } = input;
      const random = Array.isArray(records) && records.length > 0 ? faults.decide('firehose-partial') : undefined;
      if (!random || !records) return pass(input);
      const least = random.below(records.length);
      const refused = records.map((_, index) => index === least || random.below(3) === 0);
      const taken = records.filter((_, index) => !refused[index]);
      const answer = taken.length > 0 ? await pass({ ...input, Records: taken }) : undefined;
      const responses = [...(answer?.RequestResponses ?? [])];
      faults.struck('firehose-partial');
      return {
        FailedPutCount: records.length - taken.length,
        Encrypted: false,
        RequestResponses: refused.map((isRefused) => (isRefused ? unavailable : responses.shift())),
      };
    },
  };
};

const unavailable = { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'Slow down.' };
