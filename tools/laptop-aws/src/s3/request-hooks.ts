import type { IncomingHttpHeaders } from 'node:http';
import { refuseOtherBody } from './content-md5.ts';
import { copySourceOf, refuseNoChange, refuseUnmetSource, type CopySource } from './copy-source.ts';
import { S3Error, type buildApp } from './fauxqs.ts';
import { textOf, type Query } from './listing.ts';
import { refuseLongKey } from './object-paths.ts';
import type { ObjectStore } from './object-store.ts';
import { ownAnswer } from './own-answers.ts';
import { replacedHeaders } from './replaced-headers.ts';
import { notServed } from './served-requests.ts';
import { tagsOfHeader, tagsOfWrite, type Tag } from './tagging.ts';
import { conditionsOf, unmetCondition, unmetOf } from './unmet-condition.ts';

/**
 * Refuses and answers what fauxqs would take for something else, before anything is touched. Its handler follows each
 * hook at once, so nothing comes between a condition and the write.
 */
export const serveWhatFauxqsLacks = (app: ReturnType<typeof buildApp>, store: ObjectStore): void => {
  app.addHook('preHandler', (request, reply, done) => {
    const { method, headers } = request;
    const { bucket, '*': key = '' } = request.params as { bucket?: string; '*'?: string };
    if (bucket === undefined) return done(); // the list of buckets
    const query = request.query as Query;
    const refused = notServed({ method, bucket, key, query, headers });
    if (refused) return done(refused);
    refuseLongKey(key);
    if (method === 'PUT') request.body ??= Buffer.alloc(0); // a folder marker, without a content type
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    refuseOtherBody(headers, body);
    if (method === 'POST' && !key && !('delete' in query)) refuseTagsOfForm(body, bucket);
    if (method === 'PUT' && !key && !('lifecycle' in query)) refuseOwnBucket(store, bucket);
    if (key && 'uploadId' in query) store.uploadOf(bucket, key, textOf(query, 'uploadId'));
    const answer = ownAnswer(store, { method, bucket, key, query, body });
    if (answer) return void reply.code(answer.status).type('application/xml').send(answer.document);
    if (!key) return done();
    if (method === 'PUT' || method === 'POST') {
      const source = method === 'PUT' ? copySourceOf(headers) : undefined;
      if (source) headers['x-amz-copy-source'] = source.header;
      if (source) refuseUnmetSource(store, source, headers);
      if (source && !('uploadId' in query)) refuseNoChange(source, bucket, key, headers);
      const unmet = unmetCondition(store, bucket, key, headers);
      const tags = tagsToWrite(store, source, headers);
      return unmet || tags.length === 0 ? done(unmet) : tagsOfWrite.run(tags, () => done());
    }
    if (method === 'DELETE') return done();
    const object = store.headObject(bucket, key);
    replacedHeaders(query); // refused before the bytes are read
    const unmet = unmetOf(object, conditionsOf(headers));
    if (unmet === 'it is another') return done(new S3Error('PreconditionFailed', 'The object has changed', 412));
    reply.headers(object.tags ? { 'x-amz-tagging-count': String(object.tags.length) } : {});
    if (unmet === 'it is the same') {
      return void reply
        .code(304)
        .headers({ etag: object.etag, 'last-modified': object.lastModified.toUTCString() })
        .send();
    }
    // fauxqs would look again, and its times have milliseconds.
    for (const name of ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since']) delete headers[name];
    return done();
  });

  // After fauxqs, which sets the headers that the object has.
  app.addHook('onSend', (request, reply, _payload, done) => {
    const { '*': key } = request.params as { '*'?: string };
    const isRead = key && (request.method === 'GET' || request.method === 'HEAD');
    if (isRead && (reply.statusCode === 200 || reply.statusCode === 206)) {
      for (const [name, value] of replacedHeaders(request.query as Query)) reply.header(name, value);
    }
    done();
  });
};

/** The platform's own start makes its buckets anew each time; a client is told, as S3 does outside of us-east-1. */
const refuseOwnBucket = (store: ObjectStore, bucket: string): void => {
  if (!store.hasBucket(bucket)) return;
  const message = 'Your previous request to create the named bucket succeeded and you already own it.';
  throw new S3Error('BucketAlreadyOwnedByYou', message, 409, `/${bucket}`);
};

/** fauxqs does not look at a form's tags, and to take them silently would be untrue. */
const refuseTagsOfForm = (form: Buffer, bucket: string): void => {
  const at = form.indexOf('name="tagging"');
  const file = form.indexOf('name="file"'); // the last field: what follows is an object's bytes
  if (at < 0 || (file >= 0 && file < at)) return;
  const message = "The laptop platform's S3 does not take tags from a form. Nothing was changed. Use PutObjectTagging.";
  throw new S3Error('NotImplemented', message, 501, `/${bucket}`);
};

/** A copy takes the tags of its source, unless it is told to replace them. @throws S3Error for tags that S3 refuses */
const tagsToWrite = (
  store: ObjectStore,
  source: CopySource | undefined,
  headers: IncomingHttpHeaders,
): readonly Tag[] => {
  const given = headers['x-amz-tagging'];
  if (!source || headers['x-amz-tagging-directive'] === 'REPLACE') {
    return given === undefined ? [] : tagsOfHeader(String(given));
  }
  return store.headObject(source.bucket, source.key).tags ?? [];
};
