import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makeFolderDurably, moveDurably, syncFolder, writeDurably } from '../disk/blocking.ts';
import { repairBuckets } from './bucket-files.ts';
import {
  FileS3Persistence,
  type BucketType,
  type MultipartPart,
  type MultipartUpload,
  type S3Object,
  type S3Store,
} from './fauxqs.ts';
import { removeHalfWritten } from './half-written-uploads.ts';
import { etagOf, factsFrom, isTrueOf, trueOf } from './object-facts.ts';
import { ObjectJournal, type ObjectFacts } from './object-journal.ts';
import { folderName, keyOf, pathOf } from './object-paths.ts';
import { SyncQueue } from './sync-queue.ts';
import { tagsOfWrite } from './tagging.ts';
import { noteTags, restoreTags } from './upload-tags.ts';

/** An object's bytes that are in a file but not yet an object. */
export interface Incoming {
  readonly file: string;
  readonly sizeBytes: number;
  /** As S3 gives it for an object of one part: the MD5 of the bytes, in quotes. */
  readonly etag: string;
}

/**
 * fauxqs's folder of objects with what it lacks: an object appears whole or not at all (its bytes are written beside
 * the bucket and moved in), never lies outside its bucket, and has no second file for what is known of it (a journal has
 * that of all). fauxqs writes while the whole process waits, so putting the bytes on the disk is left to `settled`, which
 * whoever answers a request waits for.
 */
export class ObjectFiles extends FileS3Persistence {
  readonly #buckets: string;
  readonly #uploads: string;
  readonly #incoming: string;
  readonly #journal: ObjectJournal;
  readonly #disk = new SyncQueue();
  readonly #report: (line: string) => void;

  /** @param report is told of what the disk has changed and what became of it */
  constructor(dir: string, report: (line: string) => void) {
    makeFolderDurably(dir);
    super(dir);
    this.#report = report;
    this.#buckets = join(dir, 'buckets');
    this.#uploads = join(dir, '_multipart');
    this.#incoming = join(dir, 'incoming');
    this.#journal = new ObjectJournal(join(dir, 'objects.ndjson'));
    rmSync(this.#incoming, { recursive: true, force: true });
    for (const folder of [this.#buckets, this.#uploads, this.#incoming]) makeFolderDurably(folder);
    syncFolder(dir);
  }

  override upsertObject(bucket: string, object: S3Object): void {
    const file = this.#nextIncoming();
    const tags = tagsOfWrite.getStore();
    if (tags) object.tags = tags; // fauxqs keeps what it is given here
    try {
      writeFileSync(file, object.body);
      this.publish(bucket, object, file);
    } catch (error) {
      rmSync(file, { force: true }); // a full disk would only get fuller with each attempt
      throw error;
    }
  }

  /** Whole or not at all, and on the disk: half of it would keep the platform from starting. */
  override insertBucket(name: string, creationDate: Date, type: BucketType): void {
    const file = this.#nextIncoming();
    try {
      makeFolderDurably(this.#objects(name));
      writeDurably(file, JSON.stringify({ name, creationDate: creationDate.toISOString(), type }));
      moveDurably(file, join(this.#buckets, name, '.bucket.json'));
    } catch (error) {
      rmSync(file, { force: true });
      throw error;
    }
  }

  override insertMultipartUpload(upload: MultipartUpload): void {
    const folder = join(this.#uploads, upload.uploadId);
    makeFolderDurably(folder);
    super.insertMultipartUpload(upload);
    const tags = tagsOfWrite.getStore();
    if (tags) noteTags(folder, (upload.tags = tags));
    this.#disk.add(join(folder, '.upload.json'));
  }

  override upsertMultipartPart(uploadId: string, part: MultipartPart): void {
    const folder = join(this.#uploads, uploadId, 'parts');
    makeFolderDurably(folder);
    super.upsertMultipartPart(uploadId, part);
    for (const kind of ['data', 'meta.json']) this.#disk.add(join(folder, `${part.partNumber}.${kind}`));
  }

  /** Resolves when every object and part stored so far is on the disk itself. */
  settled(): Promise<void> {
    return this.#disk.settled();
  }

  override deleteObject(bucket: string, key: string): void {
    const place = this.#place(bucket, key);
    rmSync(place, { force: true });
    this['cleanEmptyParents'](dirname(place), this.#objects(bucket));
    let left = dirname(place);
    while (!existsSync(left)) left = dirname(left); // folders that are empty go with it
    this.#disk.addFolder(left);
  }

  override readBody(bucket: string, key: string): Buffer {
    return readFileSync(this.#place(bucket, key));
  }

  /** Whole or not at all, and on the disk. */
  override saveBucketLifecycleConfiguration(bucket: string, config: string): void {
    const file = this.#nextIncoming();
    writeDurably(file, config);
    moveDurably(file, join(this.#buckets, bucket, '.lifecycle.xml'));
  }

  /** Writes a stream to a file, in the order it comes and in bounded memory; the caller publishes or discards it. */
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
    return { file, sizeBytes, etag: etagOf(digest.digest('hex')) };
  }

  discard({ file }: Incoming): void {
    rmSync(file, { force: true });
  }

  /** Makes a file's bytes the object of this key; what was there before stays when that fails, and the file with it. */
  publish(bucket: string, { key, ...object }: ObjectFacts, file: string): void {
    const place = this.#place(bucket, key);
    const { body: _, ...facts } = object as Partial<S3Object> & typeof object;
    makeFolderDurably(dirname(place));
    this.#journal.put(bucket, { key, ...facts });
    try {
      renameSync(file, place);
    } catch (error) {
      this.#journal.withdraw(bucket, key);
      throw error;
    }
    this.#disk.add(place);
    this.#disk.add(this.#journal.file);
  }

  /** Notes anew what is known of an object whose bytes stay. @throws what the disk says; then nothing is noted */
  note(bucket: string, facts: ObjectFacts): void {
    this.#journal.put(bucket, facts);
    this.#disk.add(this.#journal.file);
  }

  /**
   * Objects are the files that are there. Those that the journal does not know, or knows otherwise since a crash came
   * between it and the bytes, are told from their bytes; none of their writes was acknowledged. Where the disk has changed
   * the journal, nobody knows of which object, and all are held against their bytes.
   */
  override loadS3(store: S3Store): void {
    repairBuckets(this.#buckets, (...bucket) => this.insertBucket(...bucket), this.#report);
    this['loadBuckets'](store);
    const known = this.#journal.read();
    const all: [bucket: string, facts: ObjectFacts][] = [];
    for (const { name: bucket } of store.listBuckets()) {
      for (const { key, file } of this.#stored(bucket)) {
        const recent = known.recentOf(bucket, key);
        const noted = recent ? trueOf(recent, file) : known.factsOf(bucket, key);
        const facts = noted && known.damagedLines > 0 && !isTrueOf(noted, file) ? undefined : noted;
        const sure = facts ?? factsFrom(key, file);
        if (!facts || (recent && facts !== recent[0])) this.#journal.put(bucket, sure);
        store.restoreObject(bucket, { ...sure, body: noBytes });
        all.push([bucket, sure]);
      }
    }
    if (known.damagedLines > 0)
      this.#report(
        `${this.#journal.file}: the disk has changed ${known.damagedLines} lines; sizes and ETags of all objects were held ` +
          `against their bytes, and the content types, metadata and tags in those lines are lost`,
      );
    const outgrown = known.changes > 2 * all.length + spareChanges;
    if (outgrown || known.isTorn || known.damagedLines > 0) this.#journal.writeAnew(all);
    removeHalfWritten(this.#uploads);
    this['loadMultipartUploads'](store);
    restoreTags(this.#uploads, store['multipartUploads'].values());
  }

  /** The files of a bucket's objects; a walk of its own, since `readdir`'s recursive one looks at every entry once more. */
  *#stored(bucket: string): Generator<{ readonly key: string; readonly file: string }> {
    const objects = this.#objects(bucket);
    makeFolderDurably(objects);
    for (const folders = ['']; folders.length > 0;) {
      const folder = folders.pop() as string;
      for (const entry of readdirSync(objects + folder, { withFileTypes: true })) {
        const path = `${folder}${sep}${entry.name}`;
        if (entry.isDirectory()) folders.push(this.#asNamedNow(objects, folder, entry.name));
        else if (path.endsWith('.data')) yield { key: keyOf(path.slice(1, -'.data'.length)), file: objects + path };
      }
    }
  }

  /** An older version named folders as it named files. */
  #asNamedNow(objects: string, folder: string, name: string): string {
    const named = name.endsWith('.data') ? folderName(name) : name;
    if (named !== name) {
      renameSync(join(objects + folder, name), join(objects + folder, named));
      syncFolder(objects + folder);
    }
    return `${folder}${sep}${named}`;
  }

  #place(bucket: string, key: string): string {
    return `${join(this.#objects(bucket), pathOf(key))}.data`;
  }

  #objects(bucket: string): string {
    return join(this.#buckets, bucket, 'objects');
  }

  #nextIncoming(): string {
    return join(this.#incoming, randomUUID());
  }
}

/** fauxqs reads bodies from their files; one for all objects. */
export const noBytes = Buffer.alloc(0);

/** A journal may hold so many changes more than twice its objects before it is written anew. */
const spareChanges = 10_000;
