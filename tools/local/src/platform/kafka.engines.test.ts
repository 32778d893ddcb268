// npm start -- --transport kafka, as a user runs it, on a real broker.
import { runTool } from '@acme/laptop-aws/kafka';
import { aCluster, kafkaCode } from '@acme/laptop-aws/testing';
import { eventId } from '@acme/synthetic';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aPlace, type Place } from './platform.fixture.ts';

const timeout = 180_000;
const onKafka = ['--transport', 'kafka'];

describe('the platform on Kafka', () => {
  let place: Place;
  beforeAll(async () => {
    place = await aPlace();
  });
  afterAll(() => place.close());

  const idsIn = (text: string): string[] => [...text.matchAll(/"event_id":"([^"]+)"/g)].map(([, id]) => id as string);

  it(
    "has on its topic, for Kafka's own console consumer, the events that are in the lake, also after a kill",
    async () => {
      const platform = await place.start(...onKafka, '--rate', '0');
      expect(platform.output()).toMatch(/^kafka +Apache Kafka \S+ on 127\.0\.0\.1:\d+/m);
      const address = /Apache Kafka \S+ on (127\.0\.0\.1:\d+)/.exec(platform.output())?.[1] as string;
      expect(await place.invoke('acme-data-generator', { seed: 7, from: 0, count: 400 })).toMatchObject({
        accepted: 400,
      });
      const topic = ['--topic', 'acme-telemetry-stream', '--from-beginning', '--max-messages', '400'];
      const args = ['--bootstrap-server', address, ...topic, '--timeout-ms', '20000'];
      const tool = 'org.apache.kafka.tools.consumer.ConsoleConsumer';
      const onTopic = idsIn(await runTool(await kafkaCode(), tool, args)).sort();
      expect(onTopic).toEqual(Array.from({ length: 400 }, (_, number) => eventId(7, number)).sort());

      await platform.kill('SIGKILL');
      const { code, stdout } = await place.startToEnd(...onKafka, '--rate', '0', '--for', '1s');
      expect([code, stdout]).toEqual([0, expect.stringContaining('adds up')]);
      const rows = await place.sql(
        `SELECT DISTINCT event_id FROM streaming_events WHERE event_id LIKE 'ev-00000007-%' ORDER BY 1`,
      );
      expect(rows.map(({ event_id }) => event_id)).toEqual(onTopic);
      expect(await place.processes()).toEqual([]);
    },
    timeout,
  );

  it(
    'refuses a folder that began with Kinesis, or with Kafka, for the other',
    async () => {
      const { code, stderr } = await place.startToEnd('--rate', '0', '--for', '1s');
      expect([code, stderr]).toEqual([1, expect.stringMatching(/began with --transport kafka.*another folder/)]);
    },
    timeout,
  );
});

describe('Kafka that is not at hand', () => {
  let place: Place;
  beforeAll(async () => {
    place = await aPlace();
  });
  afterAll(() => place.close());
  const { JAVA_HOME } = process.env;
  afterEach(() => {
    if (JAVA_HOME === undefined) delete process.env.JAVA_HOME;
    else process.env.JAVA_HOME = JAVA_HOME;
  });

  it(
    'is one clear line without Java',
    async () => {
      process.env.JAVA_HOME = '/nowhere';
      const { code, stderr } = await place.startToEnd(...onKafka);
      expect([code, stderr]).toEqual([1, expect.stringMatching(/^Kafka needs Java 17 or newer, .*--brokers.*\n$/)]);
    },
    timeout,
  );

  it(
    'can be brokers that run already',
    async () => {
      const cluster = await aCluster();
      try {
        const brokers = ['--brokers', cluster.bootstrapServers];
        const { code, stdout } = await place.startToEnd(...onKafka, ...brokers, '--rate', '200', '--for', '5s');
        expect([code, stdout]).toEqual([0, expect.stringContaining('adds up')]);
        expect(stdout).toContain(`brokers on ${cluster.bootstrapServers}`);
      } finally {
        await cluster.close();
      }
    },
    timeout,
  );
});
