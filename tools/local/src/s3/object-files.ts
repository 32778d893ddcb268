import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makeFolderDurably } from './durable-files.ts';
import { FileS3Persistence, S3Error, type S3Object } from './fauxqs.ts';
import { SyncQueue } from './sync-queue.ts';

/** An object's bytes that are in a file but not yet an object. */
export interface Incoming {
  readonly file: string;
  readonly sizeBytes: number;
  /** As S3 gives it for an object of one part: the MD5 of the bytes, in quotes. */
  readonly etag: string;
}

/**
 * fauxqs's folder of objects with what it lacks: an object appears whole or not at all (its bytes are written beside
 * the bucket and moved in) and never lies outside its bucket. fauxqs writes while the whole process waits, so putting
 * the bytes on the disk is left to `settled`, which whoever answers a request waits for.
 */
export class ObjectFiles extends FileS3Persistence {
  readonly #buckets: string;
  readonly #incoming: string;
  readonly #disk = new SyncQueue();

  constructor(dir: string) {
    super(dir);
    this.#buckets = join(dir, 'buckets');
    this.#incoming = join(dir, 'incoming');
    rmSync(this.#incoming, { recursive: true, force: true });
    mkdirSync(this.#incoming, { recursive: true });
  }

  override upsertObject(bucket: string, object: S3Object): void {
    const file = this.#nextIncoming();
    writeFileSync(file, object.body);
    this.publish(bucket, object, file);
  }

  /** Resolves when every object stored so far is on the disk itself. */
  settled(): Promise<void> {
    return this.#disk.settled();
  }

  override deleteObject(bucket: string, key: string): void {
    refuseForeignPath(key);
    super.deleteObject(bucket, key);
  }

  /** Writes a stream to a file, in the order it comes and in bounded memory; the caller publishes or removes the file. */
  async receive(body: Readable): Promise<Incoming> {
    const file = this.#nextIncoming();
    const digest = createHash('md5');
    let sizeBytes = 0;
    const measured = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        digest.update(chunk);
        sizeBytes += chunk.length;
        yield chunk;
      }
    };
    const handle = await open(file, 'w'); // before the stream can fail, so that there is a file to remove
    try {
      await pipeline(body, measured, handle.createWriteStream({ flush: true }));
    } catch (error) {
      rmSync(file, { force: true });
      throw error;
    }
    return { file, sizeBytes, etag: `"${digest.digest('hex')}"` };
  }

  /** Makes a file's bytes the object of this key: bytes first, then its metadata, each moved in whole. */
  publish(bucket: string, object: Omit<S3Object, 'body'>, file: string): void {
    const place = join(this.#objects(bucket), pathOf(object.key));
    const metadata = this.#nextIncoming();
    const { key, contentType, contentLength, etag, metadata: userMetadata, lastModified, ...rest } = object;
    const { body: _, ...optional } = rest as Partial<S3Object>;
    writeFileSync(
      metadata,
      JSON.stringify({ key, contentType, contentLength, etag, lastModified, metadata: userMetadata, ...optional }),
    );
    makeFolderDurably(dirname(place));
    for (const [from, to] of [
      [file, `${place}.data`],
      [metadata, `${place}.meta.json`],
    ] as const) {
      renameSync(from, to);
      this.#disk.add(to);
    }
  }

  /** Keys and sizes of the bytes that lie in a bucket, whether or not they have metadata. */
  *stored(bucket: string): Generator<{ key: string; file: string; sizeBytes: number }> {
    const objects = this.#objects(bucket);
    makeFolderDurably(objects);
    for (const entry of readdirSync(objects, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.data')) continue;
      const file = join(entry.parentPath, entry.name);
      yield { key: keyOf(relative(objects, file).slice(0, -'.data'.length)), file, sizeBytes: statSync(file).size };
    }
  }

  #objects(bucket: string): string {
    return join(this.#buckets, bucket, 'objects');
  }

  #nextIncoming(): string {
    return join(this.#incoming, randomUUID());
  }
}

/** As fauxqs encodes keys: what some file system refuses becomes %xx, a slash becomes a folder. */
const pathOf = (key: string): string => {
  refuseForeignPath(key);
  return key
    .replace(/[<>:"|?*\\%\x00-\x1f]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .split('/')
    .join(sep);
};

const keyOf = (path: string): string =>
  path
    .split(sep)
    .join('/')
    .replace(/%([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** S3 takes any key; as a file, a key with dot segments would lie in another bucket or outside them all. */
const refuseForeignPath = (key: string): void => {
  if (key.split('/').some((segment) => segment === '.' || segment === '..')) {
    throw new S3Error(
      'InvalidArgument',
      'the laptop platform stores objects as files: "." and ".." are no folders',
      400,
    );
  }
};
