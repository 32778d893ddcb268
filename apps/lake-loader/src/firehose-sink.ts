import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { isTransient } from '@acme/lambda-kit';
import type { Sink } from './deliver.ts';

/** Firehose as a sink. A call that fails for a reason that passes counts as refused, to be tried again. */
export const firehoseSink =
  (deliveryStream: string, client: FirehoseClient = new FirehoseClient({})): Sink =>
  async (records) => {
    try {
      const { RequestResponses = [] } = await client.send(
        new PutRecordBatchCommand({ DeliveryStreamName: deliveryStream, Records: records.map((Data) => ({ Data })) }),
      );
      return records.map((_, index) => RequestResponses[index]?.RecordId !== undefined);
    } catch (error) {
      if (!isTransient(error)) throw error;
      return records.map(() => false);
    }
  };
