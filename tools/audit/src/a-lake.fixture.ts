import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { hourAt, hourFolder, producerQuarantine, quarantineKey, streamReader } from '@acme/lake-layout';
import {
  type Batch,
  type BatchEntry,
  batchKey,
  batchQuarantineKey,
  countFrames,
  framesOf,
  coverage,
  quarantine,
  type Receipt,
  receiptKey,
  type SeenEntry,
  type SourceRecord,
} from '@acme/lambda-kit';
import { objectsFolder } from '@acme/laptop-aws/sql';
import type { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type Sink, sinks } from './sinks.ts';
import { noTables, type Tables } from './tables.ts';

export const noon = Date.UTC(2026, 0, 31, 12);
const linesOf = ({ bytes }: SourceRecord): string[] => Array.from(framesOf(bytes), (frame) => frame.toString());

const source = 'acme-telemetry-stream';
/** When the events of a lake happened. */
export const eventDay = '2026-01-31';

/** A record of the stream whose lines are event ids; an id that starts with ! is a bad event. */
export const aRecord = (sequence: number, ids: readonly string[], arrivedAtMs = noon, shard = 0): SourceRecord => ({
  id: `4966${String(sequence).padStart(52, '0')}`,
  key: 'bucket-0',
  position: { source, shard: `shardId-00000000000${shard}`, sequence: `4966${String(sequence).padStart(52, '0')}` },
  arrivedAtMs,
  bytes: Buffer.from(`${ids.join('\n')}\n`),
});

const isBad = (line: string): boolean => line.startsWith('!');

/** A lake in a temporary folder, written as the services write it; every method gives the key of its object. */
export const aLake = () => {
  const dir = mkdtempSync(join(tmpdir(), 'acme-audit-test-'));
  const bucket = 'lake';
  const fileOf = (key: string): string => join(objectsFolder(dir, bucket), `${key}.data`);
  const put = (key: string, body: string | Buffer): string => {
    mkdirSync(dirname(fileOf(key)), { recursive: true });
    writeFileSync(fileOf(key), body);
    return key;
  };
  const putEntry = (key: string, entry: Receipt | BatchEntry | SeenEntry): string =>
    put(key, zstdCompressSync(JSON.stringify(entry)));
  const client = {
    send: async ({ input }: PutObjectCommand) => void put(input.Key as string, input.Body as string),
  } as unknown as S3Client;
  let objects = 0;

  return {
    objects: { dir, bucket },
    stores: { objects: { dir, bucket }, tables: noTables as Tables },
    remove: (key: string): void => rmSync(fileOf(key)),
    close: (): void => rmSync(dir, { recursive: true, force: true }),

    /** A producer's invocation that put these records onto the stream and these events aside. */
    call: async (
      request: string,
      records: readonly SourceRecord[],
      { rejected = 0, isCutOff = false, startedAtMs = noon - 1_000 } = {},
    ): Promise<string> => {
      const taken = records.map((record) => ({
        shard: record.position.shard,
        sequence: record.position.sequence,
        ids: linesOf(record),
      }));
      const accepted = taken.reduce((sum, { ids }) => sum + ids.length, 0);
      const refused = Array.from({ length: rejected }, (_, index) => ({
        index,
        class: 'schema' as const,
        problems: [],
        raw: 'x',
      }));
      await quarantine(client, { bucket, key: quarantineKey(producerQuarantine, request), refused });
      const receipt = {
        stream: records[0]?.position.source ?? source,
        request,
        startedAtMs,
        number: 0,
        records: taken,
      };
      const totals = { in: accepted + rejected, accepted, rejected, failed: 0 };
      return putEntry(receiptKey(receipt), isCutOff ? receipt : { ...receipt, totals });
    },

    /** An object of somebody else. */
    put,
    fileOf,

    /** The auditor's note of a batch. */
    see: (batch: Batch): string =>
      putEntry(batchKey(streamReader, batch), {
        ...coverage(batch),
        records: batch.map((record) => ({
          sequence: record.position.sequence,
          arrivedAtMs: record.arrivedAtMs,
          lines: countFrames(record.bytes),
        })),
      }),

    /** A sink's delivery of a batch: rows where they are objects, quarantine and ledger, as far as it came. */
    take: async (
      batch: Batch,
      {
        diesBefore,
        sink = sinks[0] as Sink,
        happenedAt = `${eventDay}T11:59:00Z`,
      }: { readonly diesBefore?: 'ledger'; readonly sink?: Sink; readonly happenedAt?: string } = {},
    ): Promise<{ readonly ledger: string; readonly rows: string; readonly aside: string }> => {
      const { consumer } = sink;
      const lines = batch.flatMap((record) =>
        linesOf(record).map((line, index) => ({ line, index, position: record.position })),
      );
      const good = lines.filter(({ line }) => !isBad(line));
      const text = good.map(({ line }) => `${JSON.stringify({ event_id: line, event_timestamp: happenedAt })}\n`);
      const hour = 'prefix' in sink && sink.hoursOf === 'event' ? happenedAt : hourAt(noon);
      const rows =
        'prefix' in sink ? put(`${sink.prefix}${hourFolder(hour)}${objects++}.gz`, gzipSync(text.join(''))) : '';
      const aside = batchQuarantineKey(consumer, batch);
      const refused = lines
        .filter(({ line }) => isBad(line))
        .map(({ line, index, position }) => ({ index, position, class: 'schema' as const, problems: [], raw: line }));
      await quarantine(client, { bucket, key: aside, refused });
      const ledger = batchKey(consumer, batch);
      if (diesBefore !== 'ledger') {
        putEntry(ledger, {
          consumer,
          ...coverage(batch),
          in: lines.length,
          good: good.length,
          bad: refused.length,
          duplicate: 0,
          wrote: { to: 'acme-data-kinesis-to-s3', rows: good.length },
          bestEffort: false,
          records: batch.map((record) => {
            const ids = linesOf(record);
            const bad = ids.filter(isBad).length;
            return {
              sequence: record.position.sequence,
              arrivedAtMs: record.arrivedAtMs,
              in: ids.length,
              bad,
              ids: ids.filter((id) => !isBad(id)),
            };
          }),
        });
      }
      return { ledger, rows, aside };
    },
  };
};
