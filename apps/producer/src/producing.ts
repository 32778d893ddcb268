import { setTimeout as wait } from 'node:timers/promises';
import { producerQuarantine, quarantineKey } from '@acme/lake-layout';
import { type Backoff, jitteredBackoff, ledgerOf, log, quarantine, receiptKey } from '@acme/lambda-kit';
import { S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import type { Family } from '@acme/telemetry-schema';
import type { Env } from './env.ts';
import { judgeOf } from './event-family.ts';
import { callOf } from './input.ts';
import type { Keyed, Packed } from './pack.ts';
import type { PartitionKey } from './partition-key.ts';
import { check, refusedAll } from './check.ts';
import { receipted } from './receipts.ts';
import type { Sink } from './send.ts';

/** How events get onto a stream, on one transport. */
export interface Transport {
  /** Its name: that of the stream or of the topic. */
  readonly stream: string;
  readonly sink: Sink;
  readonly keyOf: PartitionKey;
  /** Makes records of events, by their partition key. */
  readonly pack: (events: Iterable<Keyed>) => Map<string, Packed[]>;
  /** Puts all records into the sink, in the order of each key. */
  readonly send: (
    packed: ReadonlyMap<string, readonly Packed[]>,
    sink: Sink,
    patience: { readonly backoff: Backoff; readonly wait: (ms: number) => Promise<void> },
  ) => Promise<void>;
}

/** What a caller gets: how many events are on the stream, and of each other one where it stood and its first problem. */
export interface Produced {
  readonly accepted: number;
  readonly rejected: readonly { readonly index: number; readonly field: string; readonly reason: string }[];
}

/** The producer's handler, on either transport: checks, sends, puts aside, keeps receipts, answers. Each family has its stream. */
export const producing =
  (
    env: Pick<z.infer<typeof Env>, 'QUARANTINE_BUCKET' | 'LEDGER_BUCKET' | 'DEADLINE_SECONDS'>,
    transports: Readonly<Record<Family, Transport>>,
    s3: S3Client = new S3Client({}),
  ) =>
  async (input: unknown, { awsRequestId }: Pick<Context, 'awsRequestId'>): Promise<Produced> => {
    const startedAtMs = Date.now();
    const call = callOf(input);
    const { stream, sink: plain, keyOf, pack, send } = transports['family' in call ? call.family : 'viewing'];
    const { packed, accepted, rejected } =
      'family' in call
        ? check(call.events, keyOf, startedAtMs, pack, judgeOf[call.family])
        : refusedAll(call.events, call.problem);
    const patience = { backoff: jitteredBackoff(startedAtMs + env.DEADLINE_SECONDS * 1000), wait };
    const writeLedger = ledgerOf(s3, env.LEDGER_BUCKET, patience);
    const { sink, close } = receipted(plain, { stream, request: awsRequestId, startedAtMs }, (receipt) =>
      writeLedger(receiptKey(receipt), receipt),
    );
    const [aside, sending] = await Promise.allSettled([
      quarantine(s3, {
        bucket: env.QUARANTINE_BUCKET,
        key: quarantineKey(producerQuarantine, awsRequestId),
        refused: rejected,
      }),
      send(packed, sink, patience),
    ]);
    await close({ in: accepted + rejected.length, rejected: aside.status === 'fulfilled' ? rejected.length : 0 });
    for (const outcome of [aside, sending]) if (outcome.status === 'rejected') throw outcome.reason;

    log.info('batch:sent', { stream, accepted, rejected: rejected.length, durationMs: Date.now() - startedAtMs });
    return {
      accepted,
      rejected: rejected.map(({ index, problems: [first] }) => ({
        index,
        field: first?.field ?? '(event)',
        reason: first?.reason ?? 'not valid',
      })),
    };
  };
