import type { Readable } from 'node:stream';
import { S3Error, S3Store } from './fauxqs.ts';
import { noBytes, ObjectFiles } from './object-files.ts';

type Listing = ReturnType<S3Store['listObjects']>;
type ListOptions = NonNullable<Parameters<S3Store['listObjects']>[1]>;

/** fauxqs's S3 on durable files, listed in S3's order. */
export class ObjectStore extends S3Store {
  readonly #files: ObjectFiles;

  constructor(dir: string) {
    super();
    this.#files = new ObjectFiles(dir);
    this.#files.loadS3(this);
    this.persistence = this.#files;
  }

  /**
   * Stores a stream in bounded memory; when it resolves the object is on the disk and visible.
   *
   * @throws S3Error NoSuchBucket; whatever the stream fails with, nothing having been stored
   */
  async putStream(bucket: string, key: string, body: Readable, contentType: string): Promise<void> {
    if (!this.hasBucket(bucket)) {
      body.destroy();
      throw noSuchBucket(bucket);
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
      return super.completeMultipartUpload(uploadId, parts);
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

const noSuchBucket = (bucket: string): S3Error =>
  new S3Error('NoSuchBucket', 'The specified bucket does not exist', 404, `/${bucket}`);

/** UTF-16 order is UTF-8 order but for surrogates, which are rare in keys. */
const compareBytes = (a: string, b: string): number =>
  /[\ud800-\uffff]/.test(a + b) ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : a < b ? -1 : a > b ? 1 : 0;
