// A process that brings parts into the lake, one after the other, as its parent tells it; it ends when the parent does.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataSet } from '@acme/synthetic';
import { S3Client } from '@aws-sdk/client-s3';
import { type Stored, storePart } from './part-object.ts';
import type { Part } from './parts.ts';
import type { Answer, Assignment } from './worker-protocol.ts';
import { partWriter } from './write-part.ts';

const { options, bucket, client } = JSON.parse(process.argv[2] as string) as Assignment;
const folder = mkdtempSync(join(tmpdir(), 'acme-seed-'));
const file = join(folder, 'part.parquet');
const s3 = new S3Client(client);
const writePart = partWriter(dataSet(options));

const work = async (part: Part): Promise<Stored> => {
  const contents = await (await writePart)(part, file);
  if (contents.rows === 0) return { ...contents, bytes: 0 };
  return storePart(s3, bucket, part.key, { file, contents });
};

const leave = (): never => {
  rmSync(folder, { recursive: true, force: true });
  process.exit();
};

/** A parent to whom nothing can be said has gone. */
const answer = (said: Answer): unknown => process.send?.(said, undefined, undefined, (error) => error && leave());

process.on('message', (part: Part) => {
  work(part).then(
    (stored) => answer({ stored }),
    ({ name, message }: Error) => answer({ failed: { name, message } }),
  );
});
process.on('disconnect', leave);
process.on('SIGINT', () => undefined); // the terminal sends it to everybody; the parent's end is what counts
if (!process.connected) leave(); // it went while this was loaded
