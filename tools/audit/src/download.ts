import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, NoSuchKey, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { compactedHourPrefix } from '@acme/lambda-kit';
import { fileOf, type Objects } from './objects.ts';
import type { Sink } from './sinks.ts';
import { mayHoldRowsOf, mayTellOf, type Window } from './window.ts';

/** Objects on the way at a time. */
const concurrency = 32;

/**
 * Copies what an audit of the window reads from a bucket on AWS into a folder, laid out as the laptop keeps objects.
 *
 * @returns how many objects and bytes were copied
 * @throws what S3 does: an audit of half the objects would be wrong
 */
export const download = async (
  client: S3Client,
  { dir, bucket }: Objects,
  sinks: readonly Sink[],
  window: Window,
): Promise<{ readonly objects: number; readonly bytes: number }> => {
  const ofWindow = (Prefix: string): { Prefix: string; within: Window } => ({ Prefix, within: window });
  const wanted = async function* (): AsyncGenerator<{ key: string; bytes: number }> {
    const prefixes = [
      ...['ledger/', 'quarantine/producer/', compactedHourPrefix, 'manifests/telemetry/'].map(ofWindow),
      ...sinks.map(({ consumer }) => ofWindow(`quarantine/${consumer}/`)),
      ...sinks
        .filter((sink) => 'prefix' in sink)
        .map(({ prefix, hoursOf }) => (hoursOf === 'event' ? { Prefix: prefix, within: {} } : ofWindow(prefix))),
    ];
    for (const { Prefix, within } of prefixes) {
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix })) {
        for (const { Key = '', Size = 0 } of Contents) if (isPartOf(within, Key)) yield { key: Key, bytes: Size };
      }
    }
  };
  return copy(client, { dir, bucket }, wanted());
};

/** Copies these objects into the folder, beside what is there; one that is gone is left out. */
export const bring = async (client: S3Client, objects: Objects, keys: readonly string[]): Promise<void> => {
  const wanted = async function* (): AsyncGenerator<{ key: string; bytes: number }> {
    for (const key of keys) yield { key, bytes: 0 };
  };
  await copy(client, objects, wanted(), { mayBeGone: true });
};

const copy = async (
  client: S3Client,
  place: Objects,
  list: AsyncGenerator<{ readonly key: string; readonly bytes: number }>,
  { mayBeGone = false } = {},
): Promise<{ readonly objects: number; readonly bytes: number }> => {
  let objects = 0;
  let bytes = 0;
  const lane = async (): Promise<void> => {
    for (let next = await list.next(); !next.done; next = await list.next()) {
      const { key, bytes: size } = next.value;
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
      objects += 1;
      bytes += size;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return { objects, bytes };
};

const isPartOf = (window: Window, key: string): boolean => {
  const hour = /^ledger\/.*\/(hour=[\dT-]+)\//.exec(key)?.[1];
  return hour === undefined ? mayHoldRowsOf(window, key) : mayTellOf(window, hour);
};
