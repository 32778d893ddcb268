import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { stateFile } from '../aws/state-file.ts';
import { servedAlone } from '../aws/served-alone.ts';
import { Checkpoints } from '../event-source/checkpoints.ts';
import { Segment } from '../firehose/segment.ts';
import { readCatalog } from '../glue/catalog.ts';
import { openKinesis } from '../kinesis/kinesis.ts';
import { openS3 } from '../s3/s3.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'power-cut-'));
  for (const folder of ['disk', 'cuts']) mkdirSync(join(dir, folder));
});
const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
  rmSync(dir, { recursive: true });
});

interface Cut {
  /** What the power cut left. */
  readonly cut: string;
  readonly acknowledged: Readonly<Record<string, string>>;
}

/** Lets an engine write, with a power cut after each of its acknowledgements. */
const cutsOf = async (what: string): Promise<Cut[]> => {
  const process_ = join(import.meta.dirname, 'power-cut.process.ts');
  const run = promisify(execFile)(process.execPath, [process_, what, join(dir, 'disk'), join(dir, 'cuts')]);
  const { stdout } = await run;
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Cut);
};

// The simulated disk finds the file of a handle in /proc.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('a power cut after an acknowledgement', () => {
  it('leaves Kinesis every record, the settings of its stream, and an epoch that none before was greater than', async () => {
    const cuts = await cutsOf('kinesis');
    expect(cuts.length).toBeGreaterThan(10);
    for (const { cut, acknowledged } of cuts) {
      const { retention, ...records } = acknowledged;
      const epochs = Object.values(records).map((number) => Number(number.slice(2, 16)));
      const [epochFile] = globSync('state/kinesis/clicks/*/epoch', { cwd: cut }) as [string];
      expect(Number(readFileSync(join(cut, epochFile), 'utf8'))).toBeGreaterThanOrEqual(Math.max(0, ...epochs));

      const kinesis = await openKinesis({ dir: join(cut, 'state/kinesis'), fsync: 'none' });
      const stream = kinesis.stream('clicks');
      expect(String(stream.settings.retentionHours)).toBe(retention);
      const found: Record<string, string> = {};
      const [{ log }] = stream.shards as [(typeof stream.shards)[number]];
      for (let index = log.start; index < log.end; index++) {
        const [record] = await log.read(index, { records: 1, bytes: 1 });
        if (record) found[record.data.toString()] = record.sequenceNumber;
      }
      expect(found).toEqual(records);
      await kinesis.close();
    }
  });

  it('leaves Firehose every record that S3 has not taken yet', async () => {
    for (const { cut, acknowledged } of await cutsOf('firehose')) {
      const torn: string[] = [];
      let found = '';
      for (const segment of await Segment.recover(join(cut, 'state/firehose/events'), (file) => torn.push(file)))
        for await (const data of segment.payload()) found += data.toString();
      expect([found, torn]).toEqual([Object.keys(acknowledged).join(''), []]);
    }
  });

  it('leaves S3 every object with what is known of it, and nothing that was deleted', async () => {
    for (const { cut, acknowledged } of await cutsOf('s3')) {
      const { upload, ...objects } = acknowledged;
      const reported: string[] = [];
      const s3 = await openS3({ dir: join(cut, 'state'), report: (line) => reported.push(line) });
      const served = await servedAlone(s3.service);
      const client = new S3Client({ ...served.client, forcePathStyle: true });
      const found: Record<string, string> = {};
      ending.push(() => client.destroy(), served.close);
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'lake' }));
      for (const { Key = '' } of Contents) {
        const { Body, Metadata } = await client.send(new GetObjectCommand({ Bucket: 'lake', Key }));
        found[Key] = (await Body?.transformToString()) ?? '';
        expect(Metadata).toEqual(Key === 'by/the/platform' ? {} : { shard: '7' });
      }
      expect([found, reported]).toEqual([objects, []]);
      if (upload !== undefined) {
        expect(existsSync(join(cut, 'state/s3/_multipart', upload, '.upload.json'))).toBe(true);
        expect(readFileSync(join(cut, 'state/s3/_multipart', upload, 'parts/1.data'), 'utf8')).toBe('in parts');
      }
    }
  });

  it('leaves state files, checkpoints and the catalogue as they were last written', async () => {
    for (const { cut, acknowledged } of await cutsOf('state')) {
      const { file, checkpoint, catalog } = acknowledged;
      expect(await stateFile(join(cut, 'state/of/an-engine.json'), z.string()).read()).toBe(file);
      const checkpoints = await Checkpoints.open(join(cut, 'state/event-sources/mapping.json'), () => undefined);
      expect(checkpoints.get('shard')).toBe(checkpoint);
      expect(JSON.stringify(readCatalog(join(cut, 'state')))).toBe(catalog);
    }
  });
});
