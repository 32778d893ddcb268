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
      throw new S3Error('NoSuchBucket', 'The specified bucket does not exist', 404, `/${bucket}`);
    }
    const { file, sizeBytes, etag } = await this.#files.receive(body);
    const object = { key, contentType, contentLength: sizeBytes, etag, lastModified: new Date(), metadata: {} };
    this.#files.publish(bucket, object, file);
    this.restoreObject(bucket, { ...object, body: noBytes });
    await this.settled();
  }

  /** Resolves when every object stored so far is on the disk itself. */
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

/** UTF-16 order is UTF-8 order but for surrogates, which are rare in keys. */
const compareBytes = (a: string, b: string): number =>
  /[\ud800-\uffff]/.test(a + b) ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : a < b ? -1 : a > b ? 1 : 0;
