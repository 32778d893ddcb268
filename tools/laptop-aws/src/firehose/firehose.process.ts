import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openS3 } from '../s3/s3.ts';
import { openFirehose } from './firehose.ts';

// Firehose in a process of its own, for tests that kill it: `node firehose.process.ts <state folder>` prints its port.
const [dir] = process.argv.slice(2) as [string];
const s3 = await openS3({ dir });
s3.createBucket('lake');
const firehose = openFirehose({ dir, s3, log: () => {} });
await firehose.create('events', {
  bucket: 'lake',
  prefix: 'events/',
  timeZone: 'UTC',
  gzip: true,
  extension: '.gz',
  bufferBytes: 1024 * 1024,
  intervalMs: 200,
  roleArn: '',
});
const server = createServer((request, response) => void firehose.service(request, response)).listen(
  0,
  '127.0.0.1',
  () => console.log((server.address() as AddressInfo).port),
);
