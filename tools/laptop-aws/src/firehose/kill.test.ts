import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openS3 } from '../s3/s3.ts';
import { openFirehose } from './firehose.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'firehose-kill-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const start = async (): Promise<{ child: ChildProcess; port: string }> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'firehose.process.ts'), dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { child, port: line.toString().trim() };
};

/** Puts numbered records until the server is gone; tells which were acknowledged. */
const putUntilGone = async (client: FirehoseClient, writer: string, acknowledged: (lines: string[]) => void) => {
  for (let batch = 0; ; batch++) {
    const lines = Array.from({ length: 100 }, (_, n) => `${writer}-${batch}-${n}-${'x'.repeat(300)}\n`);
    try {
      const Records = lines.map((line) => ({ Data: Buffer.from(line) }));
      await client.send(new PutRecordBatchCommand({ DeliveryStreamName: 'events', Records }));
    } catch {
      return;
    }
    acknowledged(lines);
  }
};

it('delivers after kill -9 every record that it had acknowledged, whenever it was killed', async () => {
  const acknowledged = new Set<string>();
  for (const [round, batches] of [1, 30, 90].entries()) {
    const { child, port } = await start();
    const client = new FirehoseClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-west-2',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    });
    let left = batches;
    const count = (lines: string[]): void => {
      for (const line of lines) acknowledged.add(line);
      if (--left === 0) child.kill('SIGKILL');
    };
    await Promise.all([0, 1, 2, 3].map((writer) => putUntilGone(client, `${round}-${writer}`, count)));
    client.destroy();
  }

  const { child } = await start();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const s3 = await openS3({ dir });
  const firehose = openFirehose({ dir, s3, log: () => {} });
  const destination = { bucket: 'lake', prefix: 'events/', timeZone: 'UTC', gzip: true, extension: '.gz' };
  await firehose.create('events', { ...destination, bufferBytes: 1, intervalMs: 0, roleArn: '' });
  await firehose.flush();

  const delivered = globSync(join(dir, 's3', 'buckets', 'lake', 'objects', '**', '*.data')).flatMap((file) =>
    gunzipSync(readFileSync(file))
      .toString()
      .split(/(?<=\n)/),
  );
  const distinct = new Set(delivered);
  expect([...acknowledged].filter((line) => !distinct.has(line))).toEqual([]);
  // A client that retries may put twice; Firehose itself repeats nothing, because a repeated delivery overwrites.
  expect(delivered).toHaveLength(distinct.size);
});
