import type { Readable } from 'node:stream';
import { S3Error, S3Store, type MultipartUpload, type S3Object } from './fauxqs.ts';
import { compareBytes } from './listing.ts';
import { noBytes, ObjectFiles } from './object-files.ts';
import { refuseLongKey } from './object-paths.ts';
import { tagsOfWrite, type Tag } from './tagging.ts';

type Listing = ReturnType<S3Store['listObjects']>;
type ListOptions = NonNullable<Parameters<S3Store['listObjects']>[1]>;

/** fauxqs's S3 on durable files, listed in S3's order. */
export class ObjectStore extends S3Store {
  readonly #files: ObjectFiles;

  /** @param report is told of what the disk has changed and what became of it */
  constructor(dir: string, report: (line: string) => void) {
    super();
    this.#files = new ObjectFiles(dir, report);
    this.#files.loadS3(this);
    this.persistence = this.#files;
  }

  /**
   * Stores a stream in bounded memory; when it resolves the object is on the disk and visible.
   *
   * @throws S3Error NoSuchBucket, KeyTooLongError; whatever the stream fails with, nothing having been stored
   */
  async putStream(bucket: string, key: string, body: Readable, contentType: string): Promise<void> {
    try {
      refuseLongKey(key);
      if (!this.hasBucket(bucket)) throw noSuchBucket(bucket);
    } catch (error) {
      body.destroy();
      throw error;
    }
    const incoming = await this.#files.receive(body);
    const { file, sizeBytes, etag } = incoming;
    const object = { key, contentType, contentLength: sizeBytes, etag, lastModified: new Date(), metadata: {} };
    try {
      if (!this.hasBucket(bucket)) throw noSuchBucket(bucket); // removed while the stream came
      this.#files.publish(bucket, object, file);
    } catch (error) {
      this.#files.discard(incoming);
      throw error;
    }
    this.restoreObject(bucket, { ...object, body: noBytes });
    await this.settled();
  }

  /** @throws S3Error InvalidBucketName; what the disk says, and there is no such bucket then */
  override createBucket(...[name, type]: Parameters<S3Store['createBucket']>): void {
    const isNew = !this.hasBucket(name);
    try {
      super.createBucket(name, type);
    } catch (error) {
      if (isNew) this['buckets'].delete(name);
      throw error;
    }
  }

  /** Ends the uploads that were abandoned, as S3 does for its general purpose buckets; fauxqs refuses for their sake. */
  override deleteBucket(name: string): void {
    if (this['buckets'].get(name)?.size === 0) {
      for (const uploadId of [...(this['multipartUploadsByBucket'].get(name) ?? [])])
        this.abortMultipartUpload(uploadId);
    }
    super.deleteBucket(name);
  }

  /** Of directory buckets alone, which are no buckets of a lake; fauxqs would look for files that are not kept here. */
  override renameObject(): void {
    throw new S3Error('NotImplemented', 'the laptop platform does not rename objects: copy and delete', 501);
  }

  /** A disk that fails must not cost the parts, so that the client may try again. */
  override completeMultipartUpload(
    ...[uploadId, parts]: Parameters<S3Store['completeMultipartUpload']>
  ): ReturnType<S3Store['completeMultipartUpload']> {
    const kept = new Map(this['multipartUploads'].get(uploadId)?.parts);
    try {
      // Go writes the quotes of an ETag by their number, which fauxqs leaves as they are.
      const read = parts.map((part) => ({ ...part, etag: part.etag.replace(/&#(34|x22);/gi, '"') }));
      const tags = this['multipartUploads'].get(uploadId)?.tags;
      return tagsOfWrite.run(tags, () => super.completeMultipartUpload(uploadId, read));
    } catch (error) {
      const upload = this['multipartUploads'].get(uploadId);
      if (upload) upload.parts = kept;
      throw error;
    }
  }

  /** Resolves when every object and part stored so far is on the disk itself. */
  settled(): Promise<void> {
    return this.#files.settled();
  }

  /** Gives an object these tags and no others; its bytes, ETag and time stay. @throws S3Error NoSuchBucket, NoSuchKey */
  setTags(bucket: string, key: string, tags: readonly Tag[]): void {
    const { body, tags: _, ...facts } = this.headObject(bucket, key);
    const tagged = { ...facts, ...(tags.length > 0 ? { tags } : {}) };
    this.#files.note(bucket, tagged);
    this.restoreObject(bucket, { ...tagged, body });
  }

  /** In no order. @throws S3Error NoSuchBucket */
  objectsOf(bucket: string): S3Object[] {
    const objects = this['buckets'].get(bucket);
    if (!objects) throw noSuchBucket(bucket);
    return [...objects.values()];
  }

  /** Those that are under way, in no order. @throws S3Error NoSuchBucket */
  uploadsOf(bucket: string): MultipartUpload[] {
    if (!this.hasBucket(bucket)) throw noSuchBucket(bucket);
    return [...this['multipartUploads'].values()].filter((upload) => upload.bucket === bucket);
  }

  /** @throws S3Error NoSuchBucket, NoSuchUpload: also when it is of another key */
  uploadOf(bucket: string, key: string, uploadId: string): MultipartUpload {
    if (!this.hasBucket(bucket)) throw noSuchBucket(bucket);
    const upload = this['multipartUploads'].get(uploadId);
    if (upload?.bucket === bucket && upload.key === key) return upload;
    throw new S3Error('NoSuchUpload', 'The specified upload does not exist', 404, `/${bucket}/${key}`);
  }

  hasObject(bucket: string, key: string): boolean {
    try {
      this.headObject(bucket, key);
      return true;
    } catch (error) {
      if (error instanceof S3Error) return false;
      throw error;
    }
  }

  /**
   * One page in the order of UTF-8 bytes, which S3 promises. fauxqs sorts by locale and pages by code unit, so that its
   * pages miss and repeat keys; and it continues after a page's last object, so a page ends with one where it can.
   */
  override listObjects(bucket: string, options: ListOptions = {}): Listing {
    const { prefix = '', delimiter, maxKeys = 1000, startAfter = options.marker ?? '' } = options;
    const { objects } = super.listObjects(bucket, { prefix, maxKeys: Number.POSITIVE_INFINITY });
    const page: Listing = { objects: [], commonPrefixes: [], isTruncated: false };
    if (maxKeys === 0) return page; // nothing, and no more to come, as S3 answers
    let lastPrefix = startAfter;
    let prefixesBeforeLastObject = 0;
    for (const object of objects.sort((a, b) => compareBytes(a.key, b.key))) {
      if (startAfter !== '' && compareBytes(object.key, startAfter) <= 0) continue;
      const cut = delimiter ? object.key.indexOf(delimiter, prefix.length) : -1;
      const common = cut < 0 ? undefined : object.key.slice(0, cut + (delimiter as string).length);
      if (common !== undefined && common === lastPrefix) continue;
      if (page.objects.length + page.commonPrefixes.length >= maxKeys) {
        if (page.objects.length > 0) page.commonPrefixes.length = prefixesBeforeLastObject;
        return { ...page, isTruncated: true };
      }
      if (common === undefined) {
        page.objects.push(object);
        prefixesBeforeLastObject = page.commonPrefixes.length;
      } else {
        page.commonPrefixes.push(common);
        lastPrefix = common;
      }
    }
    return page;
  }
}

export const noSuchBucket = (bucket: string): S3Error =>
  new S3Error('NoSuchBucket', 'The specified bucket does not exist', 404, `/${bucket}`);
