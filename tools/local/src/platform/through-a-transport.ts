// A platform on one transport, from the generator to the curated table, for tests that hold transports side by side.
import { setTimeout as wait } from 'node:timers/promises';
import { roots } from '@acme/lake-layout';
import { kafkaClient, patiently } from '@acme/laptop-aws/kafka';
import { queryLake } from '@acme/laptop-aws/sql';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { aPlace, type Place } from './platform.fixture.ts';
import type { Transport } from './keep-transport.ts';

const stream = 'acme-telemetry-stream';
const bucket = 'acme-telemetry-data-000000000000-us-west-2';
/** What the schedule makes of seed 1 meanwhile is not of the test, and hangs on when it ran. */
const ofTheTest = `event_id NOT LIKE 'ev-00000001-%'`;
const patienceMs = 90_000;

export interface Sent {
  /** The order for the generator; its answer is what the producer took. */
  readonly order: object;
  /** Records that someone else puts on the stream, all under one key. */
  readonly records: readonly Buffer[];
  /** How many lines of both must land, of how many events, and how many must be put aside. */
  readonly lines: number;
  readonly events: number;
  readonly refused: number;
}

export interface CameThrough {
  /** Of the producer. */
  readonly accepted: number;
  readonly rejected: number;
  /** All of `telemetry` by event id, as CSV. */
  readonly telemetry: string;
  /** Each event that was put aside: by whom, why, and its bytes, as JSON; in the order of these texts, each once. */
  readonly quarantine: readonly string[];
}

/** Sends events through a platform of its own, compacts what has landed, reads it, and leaves nothing behind. */
export const throughATransport = async (transport: Transport, sent: Sent): Promise<CameThrough> => {
  const place = await aPlace();
  const s3 = new S3Client({ ...place.client, forcePathStyle: true });
  try {
    const platform = await place.start('--transport', transport, '--rate', '0');
    const generated = (await place.invoke('acme-data-generator', sent.order)) as CameThrough;
    if (transport === 'kinesis') await putOnKinesis(place, sent.records);
    else await putOnKafka(/Apache Kafka \S+ on (127\.0\.0\.1:\d+)/.exec(platform.output())?.[1] ?? '', sent.records);

    await until('lines landed', sent.lines, () => landed(place.dir, 'COUNT(*)'));
    await until('events landed', sent.events, () => landed(place.dir, 'COUNT(DISTINCT event_id)'));
    await until('lines put aside', sent.refused, async () => (await quarantineOf(s3)).length);
    const compacted = (await place.invoke('acme-lake-compaction', {})) as { readonly isDone: boolean };
    if (!compacted.isDone) throw new Error('compaction ran out of time');
    const { accepted, rejected } = generated;
    const through = { accepted, rejected, telemetry: await csvOf(place), quarantine: await quarantineOf(s3) };
    await platform.kill('SIGTERM');
    return through;
  } finally {
    s3.destroy();
    await place.close();
  }
};

const putOnKinesis = async ({ client }: Place, records: readonly Buffer[]): Promise<void> => {
  const kinesis = new KinesisClient(client);
  const Records = records.map((Data) => ({ Data, PartitionKey: 'other' }));
  const put = new PutRecordsCommand({ StreamName: stream, Records });
  const { FailedRecordCount } = await kinesis.send(put).finally(() => kinesis.destroy());
  if (FailedRecordCount !== 0) throw new Error(`the stream refused ${FailedRecordCount} records`);
};

const putOnKafka = async (address: string, records: readonly Buffer[]): Promise<void> => {
  const producer = kafkaClient(address).producer();
  const messages = records.map((value) => ({ key: 'other', value }));
  await producer.connect();
  await patiently(() => producer.send({ topic: stream, messages })).finally(() => producer.disconnect());
};

/** Looks until there are as many; more are there when something was delivered again. */
const until = async (what: string, wanted: number, countNow: () => Promise<number>): Promise<void> => {
  for (const giveUpAt = Date.now() + patienceMs; ; await wait(500)) {
    const there = await countNow();
    if (there >= wanted) return;
    if (Date.now() > giveUpAt) throw new Error(`${there} of ${wanted} ${what} within ${patienceMs / 1000} seconds`);
  }
};

const landed = async (dir: string, count: string): Promise<number> => {
  const { rows } = await queryLake({ dir, sql: `SELECT ${count} AS landed FROM streaming_events WHERE ${ofTheTest}` });
  return Number(rows[0]?.['landed']);
};

const csvOf = async ({ dir, run }: Place): Promise<string> => {
  const statement = `SELECT * FROM telemetry WHERE ${ofTheTest} ORDER BY event_id`;
  const { code, stdout, stderr } = await run('tools/local/src/sql/main.ts', '--dir', dir, '--csv', statement);
  if (code !== 0) throw new Error(stderr);
  return stdout;
};

const quarantineOf = async (s3: S3Client): Promise<string[]> => {
  const found = new Set<string>();
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client: s3 },
    { Bucket: bucket, Prefix: roots.quarantine },
  ))
    for (const { Key = '' } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      for (const line of ((await Body?.transformToString()) ?? '').trimEnd().split('\n')) {
        const { class: poison, problems, raw } = JSON.parse(line) as Record<string, unknown>;
        found.add(JSON.stringify({ writer: Key.split('/')[1], class: poison, problems, raw }));
      }
    }
  return [...found].sort();
};
