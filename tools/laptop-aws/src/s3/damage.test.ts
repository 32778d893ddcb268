import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { Bucket, client, dir, objectFile, reopen, reported, serveS3 } from './served-s3.fixture.ts';

serveS3();

const put = (Key: string, Body: string) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'text/plain', Metadata: { shard: '7' } }));
const headed = async (Key: string) => {
  const { ContentLength, ContentType, Metadata, ETag } = await client.send(new HeadObjectCommand({ Bucket, Key }));
  return { ContentLength, ContentType, Metadata, ETag };
};

describe('S3 whose disk has changed what it knows', () => {
  it('notices any changed bit of its journal, and tells sizes and ETags from the bytes', async () => {
    for (const body of ['old', 'newest']) for (const key of ['a', 'b']) await put(key, body);
    const known = await headed('a');
    const journal = join(dir, 's3/objects.ndjson');
    const whole = readFileSync(journal);
    const line = whole.indexOf('"b"', whole.length / 2); // the last of two about b
    for (const at of [line - 20, line + 1, whole.indexOf('"etag"', line) + 12, whole.lastIndexOf('\t'), line - 21]) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] as number) ^ 1;
      // Not the last line, which a kill could have cut off.
      writeFileSync(journal, Buffer.concat([changed, whole.subarray(whole.lastIndexOf('\n', whole.length / 4))]));
      reported.length = 0;
      await reopen();
      const { ContentLength, ETag } = known;
      expect([await headed('a'), await headed('b')].map((each) => [each.ContentLength, each.ETag])).toEqual([
        [ContentLength, ETag],
        [ContentLength, ETag],
      ]);
      expect(reported).toEqual([
        expect.stringMatching(/objects\.ndjson: the disk has changed \d lines?; sizes and ETags/),
      ]);
      reported.length = 0;
      await reopen();
      expect(reported).toEqual([]);
    }
  });

  it('takes a last line that a kill cut off for that, without a word, and holds nothing against it later', async () => {
    await put('a', 'x');
    const journal = join(dir, 's3/objects.ndjson');
    const whole = readFileSync(journal, 'utf8');
    writeFileSync(journal, `${whole}\n{"bucket":"lake","key":"b","fac`);
    await reopen();
    expect(readFileSync(journal, 'utf8')).toBe(whole);
    expect([await headed('a'), reported]).toEqual([expect.objectContaining({ Metadata: { shard: '7' } }), []]);
  });

  it('has its bucket all the same when that is what is damaged', async () => {
    await put('a', 'x');
    const file = join(objectFile('..'), '.bucket.json');
    for (const text of ['', '{"name":"lakf","creationDate":"2026-11-21T10:00:00.000Z","type":"general-purpose"}']) {
      writeFileSync(file, text);
      await reopen();
      expect(await headed('a')).toMatchObject({ ContentLength: 1 });
      expect(reported.pop()).toBe(`${file} was damaged; it is written anew, by the name of its folder`);
    }
  });
});
