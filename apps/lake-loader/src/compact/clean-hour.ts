import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { rawAside, rawFolder } from '@acme/lake-layout';
import { log, poisonClass, quarantine, type Refused } from '@acme/lambda-kit';
import { BrokenObjectError, judgedLines, rowRules } from '@acme/lambda-kit/rows';
import { parseViewingEvent, ViewingEvent } from '@acme/telemetry-schema';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { RawHour } from './raw-hour.ts';

/** What was taken out of raw objects. */
export interface Cleaned {
  /** By name: the object, the line in it, and why. */
  readonly aside: readonly string[];
  /** Lines that the contract takes, but that not every reader could read: they were written anew in their place. */
  readonly mended: number;
  /** Objects that were replaced. */
  readonly objects: number;
}

/**
 * Goes through the raw objects of an hour, and replaces each that holds something nobody can read by one with its good
 * lines alone, so that every reader of the hour has its neighbours again. What is no event is put aside, line by line,
 * with the whole object as it was. An event that only was written badly (a key twice, half of a surrogate pair) stays, as
 * the contract reads it.
 *
 * An object is replaced in one step, if it still is what was read; what is put aside comes first, under names that a retry
 * reproduces.
 *
 * @throws what S3 does; objects that are done stay done
 */
export const cleanHour = async (s3: S3Client, bucket: string, { hour, objects }: RawHour): Promise<Cleaned> => {
  const sums = { aside: [] as string[], mended: 0, objects: 0 };
  for (const { name } of objects) {
    const key = `${rawFolder('viewing', hour)}${name}`;
    const { Body, ETag } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    const { lines, refused, mended } = await sorted(key, bytes);
    if (refused.length === 0 && mended === 0) continue;
    const aside = rawAside(key, createHash('md5').update(bytes).digest('hex'));
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: aside.bytes, Body: bytes }));
    await quarantine(s3, { bucket, key: aside.lines, refused });
    const text = Buffer.concat(lines.flatMap((line) => [line, newline]));
    const body = key.endsWith('.gz') ? gzipSync(text) : text;
    await s3.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentLength: body.length, IfMatch: ETag }),
    );
    sums.objects += 1;
    sums.mended += mended;
    const names = refused.map((each) => nameOf(key, each));
    for (const what of names) log.error('raw:put-aside', { what });
    sums.aside.push(...names);
  }
  return sums;
};

const newline = Buffer.from('\n');
const rules = rowRules('streaming_events');
/** The field of a problem of the object as a whole. */
const wholeObject = '(object)';

const nameOf = (key: string, { index, problems: [problem] }: Refused): string =>
  `${key}${problem?.field === wholeObject ? '' : ` line ${index + 1}`}: ${problem?.reason}`;

/** The lines of an object that everybody reads, some of them mended; and what is no event. */
const sorted = async (key: string, bytes: Buffer): Promise<{ lines: Buffer[]; refused: Refused[]; mended: number }> => {
  const lines: Buffer[] = [];
  const refused: Refused[] = [];
  let mended = 0;
  try {
    for await (const some of judgedLines({ key, bytes: pieces(bytes) }, rules)) {
      for (const { number, bytes: line, flaw } of some) {
        const read = flaw === undefined ? line : mendedLine(line);
        if (read === undefined) {
          const problems = [{ field: '(line)', reason: flaw?.reason ?? '' }];
          refused.push({ index: number - 1, class: poisonClass(line), problems, raw: line });
        } else {
          lines.push(read);
          if (read !== line) mended += 1;
        }
      }
    }
  } catch (error) {
    if (!(error instanceof BrokenObjectError)) throw error;
    const problems = [{ field: wholeObject, reason: error.message }];
    refused.push({ index: lines.length + refused.length, class: 'undecodable', problems, raw: '' });
  }
  return { lines, refused, mended };
};

async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}
const pieceBytes = 1 << 20;

/** Fields that the contract knows. How deep others are is no matter in a line that has landed: they are dropped. */
const fields = Object.keys(ViewingEvent.shape);

/** A line as the contract reads it; none when it is no event. It has arrived long ago, so no time is too late for it. */
const mendedLine = (line: Buffer): Buffer | undefined => {
  try {
    if (!isUtf8(line)) return undefined;
    const value = Object(JSON.parse(line.toString('utf8'))) as Readonly<Record<string, unknown>>;
    const known = fields.flatMap((field) => (Object.hasOwn(value, field) ? [[field, value[field]]] : []));
    const event = parseViewingEvent(Object.fromEntries(known), Infinity);
    return event.ok ? Buffer.from(JSON.stringify(event.value)) : undefined;
  } catch {
    return undefined;
  }
};
