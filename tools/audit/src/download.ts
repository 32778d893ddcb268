import { createWriteStream } from 'node:fs';
import { mkdir, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, NoSuchKey, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import {
  checksumsFolder,
  compactedFolder,
  compactionQuarantine,
  ledgerHourOf,
  manifestFolder,
  producerQuarantine,
  quarantineFolder,
  roots,
} from '@acme/lake-layout';
import { fileOf, type Objects } from './objects.ts';
import type { Sink } from './sinks.ts';
import { mayHoldRowsOf, mayTellOf, type Window } from './window.ts';

/** Objects on the way at a time. */
const concurrency = 32;

/** A copy of a bucket's objects, how many were copied, and how many bytes. */
export interface Copied {
  readonly objects: Objects;
  readonly count: number;
  readonly bytes: number;
}

/**
 * Copies what an audit of the window reads from a bucket on AWS into a folder, laid out as the laptop keeps objects, each
 * with the time it was written. The ETag that S3 gave with an object is kept, to be held against the bytes.
 *
 * @throws what S3 does: an audit of half the objects would be wrong
 */
export const download = async (
  client: S3Client,
  place: Pick<Objects, 'dir' | 'bucket'>,
  sinks: readonly Sink[],
  window: Window,
): Promise<Copied> => {
  const etags = new Map<string, string>();
  const ofWindow = (Prefix: string): { Prefix: string; within: Window } => ({ Prefix, within: window });
  const wanted = async function* (): AsyncGenerator<string> {
    const prefixes = [
      ...[roots.ledger, ...[producerQuarantine, compactionQuarantine].map(quarantineFolder)].map(ofWindow),
      ...[compactedFolder, checksumsFolder, manifestFolder('telemetry')].map(ofWindow),
      ...sinks.map(({ consumer }) => ofWindow(quarantineFolder(consumer))),
      ...sinks
        .filter((sink) => 'prefix' in sink)
        .map(({ prefix, hoursOf }) => (hoursOf === 'event' ? { Prefix: prefix, within: {} } : ofWindow(prefix))),
    ];
    for (const { Prefix, within } of prefixes) {
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: place.bucket, Prefix })) {
        for (const { Key = '' } of Contents) if (isPartOf(within, Key)) yield Key;
      }
    }
  };
  const copied = await copy(client, place, etags, wanted());
  const bring = async (keys: readonly string[]): Promise<void> => {
    const listed = async function* (): AsyncGenerator<string> {
      yield* keys;
    };
    await copy(client, place, etags, listed(), { mayBeGone: true });
  };
  const of = (key: string): string[] => [etags.get(key) ?? []].flat();
  return { objects: { ...place, bring, etags: { of, refresh: async () => undefined } }, ...copied };
};

const copy = async (
  client: S3Client,
  place: Pick<Objects, 'dir' | 'bucket'>,
  etags: Map<string, string>,
  list: AsyncGenerator<string>,
  { mayBeGone = false } = {},
): Promise<{ readonly count: number; readonly bytes: number }> => {
  let count = 0;
  let bytes = 0;
  const lane = async (): Promise<void> => {
    for (let next = await list.next(); !next.done; next = await list.next()) {
      const key = next.value;
      const found = await client
        .send(new GetObjectCommand({ Bucket: place.bucket, Key: key }))
        .catch((error: unknown) => {
          if (mayBeGone && error instanceof NoSuchKey) return undefined;
          throw error;
        });
      if (found === undefined) continue;
      const file = fileOf(place, key);
      await mkdir(dirname(file), { recursive: true });
      await pipeline(found.Body as Readable, createWriteStream(file));
      if (found.LastModified) await utimes(file, found.LastModified, found.LastModified);
      if (found.ETag !== undefined) etags.set(key, found.ETag.replaceAll('"', ''));
      count += 1;
      bytes += found.ContentLength ?? 0;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return { count, bytes };
};

const isPartOf = (window: Window, key: string): boolean => {
  const hour = ledgerHourOf(key);
  return hour === undefined ? mayHoldRowsOf(window, key) : mayTellOf(window, hour);
};
