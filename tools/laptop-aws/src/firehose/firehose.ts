import { join } from 'node:path';
import { AwsError } from '../aws/aws-error.ts';
import { jsonService, type Operations } from '../aws/json-service.ts';
import type { AwsService } from '../aws/service.ts';
import type { S3 } from '../s3/s3.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Surroundings } from './deliver.ts';
import { DeliveryStream, type Pending } from './delivery-stream.ts';
import type { Destination } from './destination.ts';
import { firehoseOperations } from './operations.ts';

export interface Firehose {
  readonly service: AwsService;
  /** Makes a stream, and starts to deliver what was accepted under its name before. @throws AwsError when it is there */
  create(name: string, destination: Destination): Promise<void>;
  /** What is accepted and not yet in S3, of all streams. */
  pending(): Pending;
  /** Of each stream that has a record which is not in S3, when its oldest arrived: milliseconds since 1970. */
  oldest(): readonly { readonly stream: string; readonly arrivalMs: number }[];
  /** Delivers everything now. Waits as long as S3 refuses it; `stop` ends the waiting. */
  flush(): Promise<void>;
  /** Takes no more puts; what is not delivered stays on the disk for the next start. */
  stop(): Promise<void>;
}

export interface FirehoseOptions {
  /** The platform's state folder; the streams' logs are in `firehose/<stream>` of it. */
  readonly dir: string;
  readonly s3: Pick<S3, 'put'>;
  readonly log: Surroundings['log'];
  readonly clock?: Clock;
  /** What is put around the API's operations, such as faults. */
  readonly around?: (operations: Operations) => Operations;
}

/** Firehose with direct puts to S3: buffers by size and time, names objects as AWS does, loses nothing it accepted. */
export const openFirehose = ({
  dir,
  s3,
  log,
  clock = systemClock,
  around = (operations) => operations,
}: FirehoseOptions): Firehose => {
  const streams = new Map<string, DeliveryStream>();
  const ofAll = async (act: (stream: DeliveryStream) => Promise<void>): Promise<void> => {
    await Promise.all([...streams.values()].map(act));
  };
  return {
    service: jsonService(around(firehoseOperations(streams))),
    create: async (name, destination) => {
      if (streams.has(name)) throw new AwsError('ResourceInUseException', `Firehose ${name} already exists.`);
      const folder = join(dir, 'firehose', name);
      streams.set(name, await DeliveryStream.open(name, destination, folder, { s3, log, clock }));
    },
    pending: () => {
      const each = [...streams.values()].map((stream) => stream.pending());
      return {
        records: each.reduce((sum, { records }) => sum + records, 0),
        sizeBytes: each.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      };
    },
    oldest: () =>
      [...streams.values()].flatMap((stream) => {
        const arrivalMs = stream.oldestMs();
        return arrivalMs === undefined ? [] : [{ stream: stream.name, arrivalMs }];
      }),
    flush: () => ofAll((stream) => stream.flush()),
    stop: () => ofAll((stream) => stream.stop()),
  };
};
