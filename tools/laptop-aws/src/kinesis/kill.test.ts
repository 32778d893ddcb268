import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inFolder } from './kinesis.fixture.ts';
import { openKinesis } from './kinesis.ts';

/** Puts numbers under four partition keys as fast as it can, and tells of each that was acknowledged. */
const putForEver = (dir: string): string => `
  import { writeSync } from 'node:fs';
  import { openKinesis } from ${JSON.stringify(new URL('./kinesis.ts', import.meta.url).href)};
  const kinesis = await openKinesis({ dir: ${JSON.stringify(dir)}, fsync: 'each', segmentBytes: 20_000 });
  const settings = { mode: 'PROVISIONED', shards: 2, retentionHours: 24, encryption: 'NONE', largestRecordKiB: 1024, tags: {} };
  const stream = kinesis.has('s') ? kinesis.stream('s') : await kinesis.create({ name: 's', ...settings });
  const from = Number(process.argv[1]);
  const put = async (key) => {
    for (let n = from; ; n += 3) {
      await stream.put([n, n + 1, n + 2].map((each) => ({ PartitionKey: key, Data: Buffer.from(String(each)).toString('base64') })));
      writeSync(1, key + ' ' + (n + 2) + '\\n');
    }
  };
  await Promise.all(['a', 'b', 'c', 'd'].map(put));
`;

describe('a platform that is killed', () => {
  it(
    'has every acknowledged record at the next start, in order and without holes',
    () =>
      inFolder(async (dir) => {
        let from = 0;
        for (let kill = 0; kill < 3; kill++) {
          const child = spawn(process.execPath, ['--input-type=module', '-e', putForEver(dir), String(from)], {
            stdio: ['ignore', 'pipe', 'inherit'],
          });
          let acknowledged = '';
          child.stdout.setEncoding('utf8').on('data', (text: string) => {
            acknowledged += text;
            if (acknowledged.length > 2000 * (kill + 1)) child.kill('SIGKILL');
          });
          await once(child, 'close');

          const numbers = await numbersByKey(dir);
          for (const line of acknowledged.split('\n').filter((each) => /^[a-d] \d+$/.test(each))) {
            const [key, last] = line.split(' ') as [string, string];
            expect(numbers[key]).toContain(Number(last));
          }
          for (const found of Object.values(numbers)) expect(withoutHoles(found)).toBe(true);
          from = 1_000_000 * (kill + 1);
        }
      }),
    60_000,
  );
});

/** Within each run, which begins at a whole million, numbers count up by one. */
const withoutHoles = (numbers: readonly number[]): boolean =>
  numbers.every((number, at) => number % 1_000_000 === 0 || numbers[at - 1] === number - 1);

const numbersByKey = async (dir: string): Promise<Record<string, number[]>> => {
  const kinesis = await openKinesis({ dir, fsync: 'none' });
  const found: Record<string, number[]> = {};
  for (const { log } of kinesis.stream('s').shards) {
    for (let index = log.start; index < log.end;) {
      const records = await log.read(index, { records: 1000, bytes: 1e6 });
      for (const { partitionKey, data64 } of records) {
        (found[partitionKey] ??= []).push(Number(Buffer.from(data64, 'base64').toString()));
      }
      index = (records.at(-1)?.index as number) + 1;
    }
  }
  await kinesis.close();
  return found;
};
