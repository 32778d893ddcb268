// The laptop's S3 on a folder of its own, served for one test, and a stock client.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach } from '@jest/globals';
import { openS3, type S3 } from './s3.ts';

/** The bucket that there is. */
export const Bucket = 'lake';
export let dir: string;
export let s3: S3;
export let client: S3Client;
/** What it told the person at the laptop. */
export let reported: string[];
let server: Server;

const open = async (): Promise<void> => {
  s3 = await openS3({ dir, report: (line) => reported.push(line) });
  server = createServer((request, response) => void s3.service(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = new S3Client({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-west-2',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
};
const close = async (): Promise<void> => {
  client.destroy();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
};
/** As a restart of the platform does. */
export const reopen = async (): Promise<void> => {
  await close();
  await open();
};
export const body = async (Key: string): Promise<Buffer> => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from(await (Body as NonNullable<typeof Body>).transformToByteArray());
};
/** Where the bytes of a key lie, but for `.data`. */
export const objectFile = (key: string): string => join(dir, 's3', 'buckets', Bucket, 'objects', key);

/** Serves it anew for each test. */
export const serveS3 = (): void => {
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 's3-'));
    reported = [];
    await open();
    s3.createBucket(Bucket);
  });
  afterEach(async () => {
    await close();
    rmSync(dir, { recursive: true });
  });
};
