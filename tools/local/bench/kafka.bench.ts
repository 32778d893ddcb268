// Events per second onto a topic of a real broker: the producer's publisher on kafkajs, Kafka's own
// kafka-producer-perf-test, and @platformatic/kafka, in turns in one run.
//   node kafka.bench.ts --sample <file of viewing events>
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { textFramesOf } from '@acme/lambda-kit';
import { kafkaClient } from '@acme/lambda-kit/kafka';
import { runTool } from '@acme/laptop-aws/kafka';
import { aCluster, type TestCluster } from '@acme/laptop-aws/testing';
import { Producer } from '@platformatic/kafka';
import { kafkaSink } from '../../../apps/producer/src/kafka/kafka-sink.ts';
import { publisher } from '../../../apps/producer/src/kafka/publisher.ts';
import { median, printRow, say } from './print.ts';
import { makeTopic } from './kafka-topic.ts';

const { values } = parseArgs({ options: { sample: { type: 'string' } }, strict: false });
const perRound = 100_000;
/** Messages a call: a batch of the publisher, whose limit is 768 KiB. */
const perCall = 1_900;
const rounds = 5;
const topic = 'events';

/** Events of 400 bytes, keyed as the producer keys them. */
const events = async (
  file: string,
): Promise<{ readonly key: string; readonly data: Buffer; readonly ids: string[] }[]> => {
  const lines = [...textFramesOf(await readFile(file, 'utf8'))];
  return Array.from({ length: perRound }, (_, each) => {
    const line = lines[each % lines.length] as string;
    const key = /"customer_id":"([^"]+)"/.exec(line)?.[1] ?? '';
    return { key, data: Buffer.from(line.padEnd(400)).subarray(0, 400), ids: [] };
  });
};

const perSecond = async (work: () => Promise<void>): Promise<number> => {
  const started = performance.now();
  await work();
  return (perRound * 1000) / (performance.now() - started);
};

const measure = async ({ bootstrapServers, code, dir }: TestCluster, file: string): Promise<void> => {
  await makeTopic(bootstrapServers, topic, 6);
  const records = await events(file);
  const calls = Array.from({ length: Math.ceil(perRound / perCall) }, (_, call) =>
    records.slice(call * perCall, (call + 1) * perCall),
  );
  const ours = publisher(() => kafkaClient('bench', bootstrapServers.split(','), { KAFKA_AUTH: 'none' }));
  const sink = kafkaSink(topic, ours);
  const theirs = new Producer<Buffer, Buffer, Buffer, Buffer>({
    clientId: 'bench-platformatic',
    bootstrapBrokers: bootstrapServers.split(','),
    acks: -1,
    compression: 'gzip',
  });
  const messages = calls.map((call) => call.map(({ key, data }) => ({ topic, key: Buffer.from(key), value: data })));

  const publish = async (): Promise<void> => {
    for (const call of calls) {
      const places = await sink(call);
      if (places.includes(undefined)) throw new Error('the broker did not take an event');
    }
  };
  const publishTheirs = async (): Promise<void> => {
    for (const call of messages) await theirs.send({ messages: call });
  };
  const payloads = join(dir, 'payloads');
  await writeFile(payloads, records.map(({ data }) => data.toString()).join('\n'));
  const perfTest = async (): Promise<number> => {
    const load = ['--num-records', String(perRound), '--throughput', '-1', '--payload-file', payloads];
    const client = [`bootstrap.servers=${bootstrapServers}`, 'acks=all', 'compression.type=gzip'];
    const args = ['--topic', topic, ...load, '--producer-props', ...client];
    const said = await runTool(code, 'org.apache.kafka.tools.ProducerPerformance', args);
    return Number(/([\d.]+) records\/sec/.exec(said.trim().split('\n').at(-1) ?? '')?.[1]);
  };

  const figures = { ours: [] as number[], theirs: [] as number[], perfTest: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    const figure = {
      ours: await perSecond(publish),
      theirs: await perSecond(publishTheirs),
      perfTest: await perfTest(),
    };
    say(`round ${round}  ${JSON.stringify(figure)}`);
    if (round === 0) continue; // warm-up
    for (const name of ['ours', 'theirs', 'perfTest'] as const) figures[name].push(figure[name]);
  }
  await ours.close();
  await theirs.close();
  const [mine, perf, other] = [median(figures.ours), median(figures.perfTest), median(figures.theirs)];
  const about = `gzip, acks = all, ${perCall} events of 400 bytes a call, one call at a time; median of ${rounds} rounds`;
  printRow({ name: 'kafkajs publisher to a real broker', value: mine, unit: 'events/s', atLeast: 40_000, about });
  const java = 'the same events; JVM start not counted, no keys, five requests on the way';
  printRow({ name: '  kafka-producer-perf-test', value: perf, unit: 'events/s', about: java });
  printRow({ name: '  kafkajs publisher / kafka-producer-perf-test', value: mine / perf, unit: '×' });
  printRow({ name: '  @platformatic/kafka', value: other, unit: 'events/s', about: 'the same calls' });
  printRow({ name: '  kafkajs publisher / @platformatic/kafka', value: mine / other, unit: '×' });
};

if (values.sample === undefined) throw new Error('--sample names a file of events');
const cluster = await aCluster();
try {
  await measure(cluster, String(values.sample));
} finally {
  await cluster.close();
}
process.exit();
