import type { Messages } from '../messages/messages.ts';
import type { S3 } from '../s3/s3.ts';
import { failureKey, failureObject, failureRecord, type Failure } from './failure-record.ts';

/** Keeps what is given up; when it resolves, that is on the disk. @throws when it could not */
export type FailureDestination = (failure: Failure) => Promise<void>;

/** The destination that an ARN names. It need not exist yet. */
export type DestinationOf = (arn: string) => FailureDestination;

/** ARNs that may stand in DestinationConfig: of a bucket, a queue or a topic. */
export const destinationArn = /^arn:aws:(?:s3:::[a-z0-9.-]+|(?:sqs|sns):[a-z0-9-]+:\d{12}:[\w-]+)$/;

/** S3 gets the records; SQS and SNS, whose messages are too small for them, only where they are in the stream. */
export const failureDestinations =
  (s3: Pick<S3, 'put'>, messages: Pick<Messages, 'send' | 'publish'>): DestinationOf =>
  (arn) => {
    const [, , service, , , name] = arn.split(':') as [string, string, string, string, string, string];
    const text = (failure: Failure): string => JSON.stringify(failureRecord(failure));
    if (service === 'sqs') return (failure) => messages.send(arn, text(failure));
    if (service === 'sns') return (failure) => messages.publish(arn, text(failure));
    return (failure) =>
      s3.put(name, failureKey(failure), Buffer.from(JSON.stringify(failureObject(failure))), 'application/json');
  };
