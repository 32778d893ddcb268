import { join } from 'node:path';
import type { Invocation } from '../lambda/functions.ts';
import { type Payload, payloadText } from '../lambda/stream-payload.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { openEventSources, type EventSources, type EventSourceOptions } from './event-sources.ts';
import type { MappingSettings } from './mapping-settings.ts';

export interface KinesisEvent {
  readonly Records: readonly {
    readonly kinesis: { readonly partitionKey: string; readonly sequenceNumber: string; readonly data: string };
    readonly eventID: string;
  }[];
}

/** What came of a call: undefined is success, else the handler's answer, or its failure. */
export type Answer = { readonly payload: string; readonly functionError?: 'Unhandled' } | undefined;

/** A mapping of the stream `clicks`, with what the test is about. */
export const aMapping = (only: Partial<MappingSettings> = {}): MappingSettings => ({
  uuid: 'mapping',
  functionName: 'loader',
  streamArn: 'arn:aws:kinesis:us-west-2:000000000000:stream/clicks',
  enabled: true,
  batchSize: 100,
  windowMs: 0,
  startAt: 'TRIM_HORIZON',
  reportsItemFailures: true,
  parallelization: 1,
  bisects: false,
  filters: [],
  ...only,
});

/** Event sources whose one function is `handle`; a failed batch comes again at once. */
export const eventSourcesFor = (
  kinesis: Kinesis,
  dir: string,
  handle: (event: KinesisEvent, functionName: string) => Promise<Answer> | Answer,
  only: Partial<EventSourceOptions> & { readonly concurrency?: number } = {},
): EventSources => {
  const { concurrency = 8, ...options } = only;
  const invoke = async (name: string, payload: Payload): Promise<Invocation> => ({
    requestId: 'request',
    payload: 'null',
    ...(await handle(JSON.parse(payloadText(payload)) as KinesisEvent, name)),
  });
  return openEventSources({
    dir: join(dir, 'event-sources'),
    kinesis,
    functions: { invoke, concurrencyOf: () => concurrency },
    log: () => undefined,
    backoffMs: () => 0,
    destinationOf: (arn) => () => Promise.reject(new Error(`the test has no destination ${arn}`)),
    ...options,
  });
};

/** The data of a batch's records, as text. */
export const textsOf = ({ Records }: KinesisEvent): string[] =>
  Records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString());

export const failed: Answer = {
  payload: '{"errorType":"Error","errorMessage":"down","trace":[]}',
  functionError: 'Unhandled',
};

/** A report that names the record at a place of the batch. */
export const failedAt = ({ Records }: KinesisEvent, at: number): Answer => ({
  payload: JSON.stringify({ batchItemFailures: [{ itemIdentifier: Records[at]?.kinesis.sequenceNumber }] }),
});
