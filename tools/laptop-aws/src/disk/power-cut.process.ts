// Writes on a simulated disk, for `power-cut.test.ts`: `node power-cut.process.ts <what> <disk> <cuts>`. After each
// acknowledgement it leaves what a power cut would leave then in a folder of <cuts>, and prints that folder's name with all
// that was acknowledged until then.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { simulatedDisk } from './simulated-disk.ts';

const [what, disk, cuts] = process.argv.slice(2) as [string, string, string];
const powerCut = simulatedDisk(disk);
const acknowledged: Record<string, string> = {};
let made = 0;

/** @param texts what holds from now on, by name; undefined for what is gone */
const acknowledge = (texts: Readonly<Record<string, string | undefined>>): void => {
  Object.assign(acknowledged, texts);
  const cut = join(cuts, String(++made));
  mkdirSync(cut);
  powerCut(cut);
  console.log(JSON.stringify({ cut, acknowledged }));
};

const kinesis = async (): Promise<void> => {
  const { openKinesis } = await import('../kinesis/kinesis.ts');
  const { anEntry, aStream } = await import('../kinesis/kinesis.fixture.ts');
  let record = 0;
  for (let boot = 1; boot <= 2; boot++) {
    const engine = await openKinesis({ dir: join(disk, 'state/kinesis'), fsync: 'each', segmentBytes: 100 });
    const stream = engine.has('clicks') ? engine.stream('clicks') : await engine.create(aStream());
    acknowledge({ retention: String(stream.settings.retentionHours) });
    for (let put = 0; put < 4; put++) {
      const text = `record ${++record} ${'.'.repeat(40)}`;
      const [{ SequenceNumber: sequenceNumber = '' } = {}] = await stream.put([anEntry(text)]);
      acknowledge({ [text]: sequenceNumber });
    }
    await stream.change({ retentionHours: 24 + boot });
    acknowledge({ retention: String(24 + boot) });
    await engine.close();
  }
};

const firehose = async (): Promise<void> => {
  const { openFirehose } = await import('../firehose/firehose.ts');
  const { handClock } = await import('../firehose/firehose.fixture.ts');
  const { servedAlone } = await import('../aws/served-alone.ts');
  const { FirehoseClient, PutRecordCommand } = await import('@aws-sdk/client-firehose');
  const clock = handClock(Date.parse('2026-11-21T10:00:00Z'));
  const s3 = { put: () => Promise.reject(new Error('S3 is down')) };
  const engine = openFirehose({ dir: join(disk, 'state'), s3, clock, log: () => undefined });
  const destination = { bucket: 'lake', prefix: '', timeZone: 'UTC', gzip: false, extension: '', roleArn: '' };
  await engine.create('events', { ...destination, bufferBytes: 20, intervalMs: 60_000 });
  const served = await servedAlone(engine.service);
  const client = new FirehoseClient(served.client);
  for (let put = 1; put <= 6; put++) {
    clock.forward(1); // buffers of one millisecond have no order
    const text = `record ${put};`;
    const Record = { Data: Buffer.from(text) };
    await client.send(new PutRecordCommand({ DeliveryStreamName: 'events', Record }));
    acknowledge({ [text]: '' });
  }
  client.destroy();
  await served.close();
  await engine.stop();
};

const s3 = async (): Promise<void> => {
  const { openS3 } = await import('../s3/s3.ts');
  const { servedAlone } = await import('../aws/served-alone.ts');
  const sdk = await import('@aws-sdk/client-s3');
  const engine = await openS3({ dir: join(disk, 'state') });
  engine.createBucket('lake');
  acknowledge({});
  await engine.put('lake', 'by/the/platform', Buffer.from('itself'));
  acknowledge({ 'by/the/platform': 'itself' });
  const served = await servedAlone(engine.service);
  const client = new sdk.S3Client({ ...served.client, forcePathStyle: true });
  const [Bucket, Metadata] = ['lake', { shard: '7' }];
  for (const Body of ['first', 'second, longer']) {
    await client.send(new sdk.PutObjectCommand({ Bucket, Key: 'by/clients', Body, Metadata }));
    acknowledge({ 'by/clients': Body });
  }
  const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand({ Bucket, Key: 'parts', Metadata }));
  const part = { Bucket, Key: 'parts', UploadId, PartNumber: 1, Body: 'in parts' };
  const { ETag } = await client.send(new sdk.UploadPartCommand(part));
  acknowledge({ upload: UploadId });
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  await client.send(new sdk.CompleteMultipartUploadCommand({ Bucket, Key: 'parts', UploadId, MultipartUpload }));
  acknowledge({ parts: 'in parts', upload: undefined });
  await client.send(new sdk.DeleteObjectCommand({ Bucket, Key: 'by/clients' }));
  acknowledge({ 'by/clients': undefined });
  client.destroy();
  await served.close();
};

const state = async (): Promise<void> => {
  const z = await import('zod');
  const { stateFile } = await import('../aws/state-file.ts');
  const { Checkpoints } = await import('../event-source/checkpoints.ts');
  const { writeCatalog, emptyCatalog } = await import('../glue/catalog.ts');
  const file = stateFile(join(disk, 'state/of/an-engine.json'), z.string());
  for (const text of ['first', 'second, longer']) {
    await file.write(text);
    acknowledge({ file: text });
  }
  const checkpoints = await Checkpoints.open(join(disk, 'state/event-sources/mapping.json'), (error) => {
    throw error;
  });
  for (const place of ['17', '4711']) {
    checkpoints.set('shard', place);
    await checkpoints.save();
    acknowledge({ checkpoint: place });
  }
  writeCatalog(join(disk, 'state'), emptyCatalog());
  acknowledge({ catalog: JSON.stringify(emptyCatalog()) });
};

const engines: Readonly<Record<string, () => Promise<void>>> = { kinesis, firehose, s3, state };
await engines[what]?.();
