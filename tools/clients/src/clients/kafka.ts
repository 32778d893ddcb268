import { kafkaClient } from '@acme/laptop-aws/kafka';
import { aViewingEvent } from '@acme/telemetry-schema/testing';
import { type Report, report } from '../report.ts';
import { runProgram } from '../run-program.ts';
import type { Against } from './against.ts';
import { pythonCases } from './python.ts';

/** All that Kafka has. */
const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];

/** kafka-python and confluent-kafka: in each codec onto a topic of their own, and onto the platform's. */
export const pythonKafka = (against: Against, brokers: string): Promise<Report[]> =>
  pythonCases(['kafka_clients'], against, {
    KAFKA_BROKERS: brokers,
    CLIENTS_CODECS: codecs.join(','),
    CLIENTS_EVENT: JSON.stringify(aViewingEvent({ event_timestamp: new Date().toISOString() })),
  });

const topicOf = (codec: string): string => `clients-kcat-${codec}`;

/** kcat, of the machine: it writes and reads each codec. */
export const kcat = async (program: string, { env }: Against, brokers: string): Promise<Report[]> => {
  const admin = kafkaClient(brokers).admin();
  await admin.connect();
  await admin
    .createTopics({
      topics: codecs.map((codec) => ({ topic: topicOf(codec), numPartitions: 1 })),
      waitForLeaders: true,
    })
    .finally(() => admin.disconnect());
  const reports: Report[] = [];
  for (const codec of codecs) {
    const of = { client: 'kcat', version: 'of the machine', area: 'Kafka', title: `batches in ${codec} come back` };
    reports.push(
      await report(of, async () => {
        const lines = Array.from({ length: 300 }, (_, number) => `${number} `.repeat(20));
        const to = ['-b', brokers, '-t', topicOf(codec), '-p', '0'];
        const input = `${lines.join('\n')}\n`;
        const wrote = await runProgram([program, '-P', ...to, '-z', codec], { env, input });
        if (wrote.code !== 0) throw new Error(wrote.stderr);
        const read = await runProgram([program, '-C', ...to, '-o', 'beginning', '-e', '-q'], { env });
        if (read.stdout !== input) throw new Error(`${read.stdout.split('\n').length} lines came back; ${read.stderr}`);
      }),
    );
  }
  return reports;
};
