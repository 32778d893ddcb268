import * as z from 'zod';
import { AwsError } from '../../aws/aws-error.ts';
import { region } from '../../aws/identity.ts';
import type { Kinesis } from '../kinesis.ts';
import type { Stream } from '../stream.ts';

/** A stream's name. `.` and `..`, which AWS would take, cannot be folders of their own. */
export const StreamName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^(?!\.{1,2}$)[a-zA-Z0-9_.-]+$/);

const StreamArn = z
  .string()
  .min(1)
  .max(2048)
  .regex(/^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:\d{12}:stream\/[a-zA-Z0-9_.-]+$/);

/** How operations name their stream: by name, by ARN, or both. */
export const streamReference = { StreamName: StreamName.optional(), StreamARN: StreamArn.optional() };

/** @throws AwsError when a stream is not named, or there is none of that name */
export const streamOf = (
  kinesis: Kinesis,
  { StreamName, StreamARN }: { StreamName?: string | undefined; StreamARN?: string | undefined },
): Stream => {
  const name = StreamName ?? StreamARN;
  if (name === undefined) {
    throw new AwsError('InvalidArgumentException', 'Either StreamName or StreamARN must be provided.');
  }
  if (StreamARN !== undefined && !StreamARN.includes(`:${region}:`)) {
    throw new AwsError('InvalidArgumentException', `The StreamARN is of another region; the laptop is ${region}.`);
  }
  return kinesis.stream(name);
};
