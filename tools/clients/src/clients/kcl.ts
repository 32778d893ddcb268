import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CreateStreamCommand, KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { type Report, report } from '../report.ts';
import { type RunningProgram, startProgram } from '../run-program.ts';
import type { Against } from './against.ts';
import { compiled } from './java.ts';

/** A worker waits up to 30 s, by chance, before it looks at the leases; a busy machine takes as long again. */
const patienceMs = 240_000;

interface Kcl {
  readonly client: 'KCL 2' | 'KCL 3';
  readonly version: string;
  readonly jars: string;
}

/** The Kinesis Client Library: versions 2 and 3, each with an application that reads all, and one that is killed. */
export const kcl = async (against: Against): Promise<Report[]> => {
  const { engines, isFull, place } = against;
  const records = isFull ? 100_000 : 10_000;
  const stream = 'clients-kcl';
  await fill(place.client, stream, records);
  const versions: readonly Kcl[] = [
    { client: 'KCL 3', version: '3.5.1', jars: engines.kcl3 },
    { client: 'KCL 2', version: '2.7.2', jars: engines.kcl2 },
  ];
  const runs = versions.map(async ({ client, version, jars }) => {
    const java = await compiled(['Kcl.java'], jars, against);
    const of = (title: string, run: (worker: Worker) => Promise<void>): Promise<Report> =>
      report({ client, version, area: 'Kinesis', title }, () =>
        run(workers(java, against, { stream, application: `${client}-${title}`.replace(/\W+/g, '-').slice(0, 60) })),
      );
    return Promise.all([
      of('a worker that polls reads every record once, with checkpoints', (worker) => once(worker, records)),
      of('a worker that is killed is followed by another, and nothing is lost', (worker) => resumed(worker, records)),
    ]);
  });
  return (await Promise.all(runs)).flat();
};

/** Starts a worker of an application, which writes what it reads to the file. */
interface Worker {
  start(): RunningProgram;
  /** What the workers of the application have written so far. */
  read(): Promise<string[]>;
}

const workers = (
  java: readonly [string, ...string[]],
  { env, place }: Against,
  { stream, application }: { readonly stream: string; readonly application: string },
): Worker => {
  const file = join(place.dir, `${application}.txt`);
  return {
    start: () => startProgram([...java, 'Kcl', stream, application, file], { env }),
    read: async () => (await readFile(file, 'utf8').catch(() => '')).split('\n').slice(0, -1),
  };
};

const once = async (worker: Worker, records: number): Promise<void> => {
  const lines = await readUntil(worker, worker.start(), (read) => distinct(read) >= records && isChecked(read));
  const repeated = dataOf(lines).length - records;
  if (repeated !== 0) throw new Error(`${repeated} of ${records} records came again`);
};

const resumed = async (worker: Worker, records: number): Promise<void> => {
  const hasBegun = (lines: readonly string[]): boolean =>
    distinct(lines) >= records / 10 && lines.some((line) => line.startsWith('checkpoint '));
  const before = await readUntil(worker, worker.start(), hasBegun);
  const all = await readUntil(worker, worker.start(), (lines) => distinct(lines) >= records);
  // What may come again is what the first had read behind its last checkpoint of the shard.
  const unchecked = new Set(before);
  for (const [index, line] of before.entries()) {
    const [kind, shard] = line.split(' ');
    if (kind !== 'checkpoint') continue;
    for (const earlier of before.slice(0, index)) if (earlier.startsWith(`record ${shard} `)) unchecked.delete(earlier);
  }
  const hadRead = new Set(before);
  const again = all.slice(before.length).filter((line) => line.startsWith('record ') && hadRead.has(line));
  const wrongly = again.filter((line) => !unchecked.has(line));
  if (wrongly.length > 0) throw new Error(`${wrongly.length} records before a checkpoint came again: ${wrongly[0]}`);
};

/** Lets a worker run until what it has written is enough, then kills it; gives all that it had written by its end. */
const readUntil = async (
  worker: Worker,
  running: RunningProgram,
  isEnough: (lines: readonly string[]) => boolean,
): Promise<string[]> => {
  let ended: string | undefined;
  void running.ended.then(({ code, stderr }) => (ended = `it ended with ${code}: ${stderr.slice(-500)}`));
  try {
    for (const giveUpAt = Date.now() + patienceMs; ; await wait(100)) {
      const lines = await worker.read();
      if (isEnough(lines)) break;
      if (ended !== undefined) throw new Error(ended);
      if (Date.now() > giveUpAt) throw new Error(`${distinct(lines)} records within ${patienceMs / 1000} seconds`);
    }
  } finally {
    await running.kill();
  }
  return worker.read();
};

/** Whether nothing was read of any shard behind its last checkpoint. */
const isChecked = (lines: readonly string[]): boolean => {
  const last = new Map(lines.map((line) => line.split(' ')).map(([kind, shard]) => [shard, kind]));
  return [...last.values()].every((kind) => kind === 'checkpoint');
};

const dataOf = (lines: readonly string[]): string[] =>
  lines.filter((line) => line.startsWith('record ')).map((line) => line.slice(line.lastIndexOf(' ') + 1));
const distinct = (lines: readonly string[]): number => new Set(dataOf(lines)).size;

const fill = async (client: Against['place']['client'], StreamName: string, records: number): Promise<void> => {
  const kinesis = new KinesisClient(client);
  try {
    await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 4 }));
    for (let from = 0; from < records; from += 500) {
      const Records = Array.from({ length: 500 }, (_, index) => ({
        Data: Buffer.from(`r${from + index}`),
        PartitionKey: String((from + index) % 97),
      }));
      const { FailedRecordCount } = await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
      if (FailedRecordCount !== 0) throw new Error(`the stream refused ${FailedRecordCount} records`);
    }
  } finally {
    kinesis.destroy();
  }
};
