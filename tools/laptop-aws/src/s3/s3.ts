import { join } from 'node:path';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { AwsService } from '../aws/service.ts';
import { buildApp, S3Error } from './fauxqs.ts';
import { ObjectStore } from './object-store.ts';
import { serveWhatFauxqsLacks } from './request-hooks.ts';

export interface S3 {
  /** S3's own API, path-style. */
  readonly service: AwsService;
  /** Makes a bucket, or leaves the one that is there. @throws Error when S3 would refuse the name */
  createBucket(name: string): void;
  /**
   * Stores an object. When it resolves, the object is on the disk and visible, and no reader ever saw half of it.
   *
   * @throws Error when there is no such bucket, or the body's own error; then nothing was stored
   */
  put(bucket: string, key: string, body: Buffer | Readable, contentType?: string): Promise<void>;
}

export interface S3Options {
  readonly dir: string;
  readonly report?: (line: string) => void;
}

const warn = (line: string): void => process.emitWarning(line);

/** The largest body of one request, which is held in memory; S3's own limit is 5 GiB. Larger objects go in parts. */
const largestBodyBytes = 256 * 1024 * 1024;

/**
 * S3 on files: object `key` of `bucket` is `<dir>/s3/buckets/<bucket>/objects/<key>.data`, so that DuckDB can read the
 * lake by pattern. Everything that was stored before is there again.
 *
 * Not here: versions, tags of buckets, ACLs, events, expiry by lifecycle rules, conditional deletes, and renames. On a
 * disk that does not tell upper from lower case, keys that differ by case alone are one file.
 *
 * @param dir the platform's state folder
 * @param report is told of what the disk has changed, and why requests failed within
 */
export const openS3 = async ({ dir, report = warn }: S3Options): Promise<S3> => {
  const store = new ObjectStore(join(dir, 's3'), report);
  const app = s3App(store, report);
  await app.ready();
  return {
    service: (request, response) => {
      if (['PUT', 'POST', 'DELETE'].includes(request.method ?? '')) endWhen(() => store.settled(), response);
      app.routing(request, response);
    },
    createBucket: (name) => store.createBucket(name),
    put: (bucket, key, body, contentType = 'application/octet-stream') =>
      store.putStream(bucket, key, Buffer.isBuffer(body) ? Readable.from([body]) : body, contentType),
  };
};

/** Stored is what is on the disk: the answer waits for that, while others are served. A disk that fails cuts it off. */
const endWhen = (settled: () => Promise<void>, response: ServerResponse): void => {
  const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
  response.end = ((...args: unknown[]) => {
    settled().then(
      () => end(...args),
      () => response.destroy(),
    );
    return response;
  }) as typeof response.end;
};

const s3App = (s3Store: ObjectStore, report: (line: string) => void): ReturnType<typeof buildApp> => {
  // fauxqs's queues and topics are made by default; its types want all three stores or none.
  const app = buildApp({ logger: false, stores: { s3Store } as never });

  // Every body is an object's bytes, whatever its content type, and may be larger than fauxqs's own 11 MiB.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestBodyBytes }, (_request, body, done) =>
    done(null, body),
  );

  serveWhatFauxqsLacks(app, s3Store);

  app.setErrorHandler((error, request, reply) => {
    const { statusCode, message } = error as { statusCode?: number; message: string };
    const known =
      error instanceof S3Error
        ? error
        : statusCode === 413
          ? new S3Error('EntityTooLarge', `over ${largestBodyBytes} bytes in one request: upload it in parts`, 400)
          : new S3Error('InternalError', 'We encountered an internal error. Please try again.', 500);
    // What went wrong within names files of this machine: for whoever runs it, not for the client.
    if (known.statusCode === 500) report(`S3: ${request.method} ${request.url}: ${message}`);
    return reply.status(known.statusCode).header('content-type', 'application/xml').send(known.toXml());
  });
  return app;
};
