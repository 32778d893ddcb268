import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { families } from '@acme/telemetry-schema';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { awsTarget } from '@acme/command-kit';
import { platformPorts } from '@acme/laptop-aws/machine';
import { openLogs } from '@acme/laptop-aws/testing';
import type { Transport } from '@acme/local/platform/keep-transport';
import { savedCheckpoints } from './checkpoints.ts';
import { consumers } from './consumers.ts';
import type { AtConsumer, Evidence } from './evidence.ts';
import { asideBy, type Lake, ledgerOf } from './lake.ts';
import { linesOf } from './lines.ts';
import { mappingsOf } from './mappings.ts';
import { type Platform, startPlatformProcess } from './platform.ts';
import type { Schedule } from './schedule.ts';
import { ontoKafka, ontoKinesis } from './put-lines.ts';
import { type Answered, replayOf, send, stepsOf } from './send.ts';
import { readStream } from './stream.ts';
import { ofEach, ofEachInTurn, streams } from './streams.ts';
import { type Viewer, watch } from './viewer.ts';

/** What a run has left behind, and how often each fault struck in it. */
export interface Ran {
  readonly evidence: Evidence;
  readonly struck: Readonly<Record<string, number>>;
}

/**
 * Does what a schedule says, on a platform and a folder of its own: hands everything over under faults, has it drained
 * without them, looks; hands everything over again in another order, has it drained, and looks again.
 *
 * @throws PlatformError when a consumer does not get to the end of its stream, or the platform does not start
 */
export const run = async (schedule: Schedule, transport: Transport = 'kinesis'): Promise<Ran> => {
  const { seed, kind, faults } = schedule;
  const dir = await mkdtemp(join(tmpdir(), 'acme-invariants-'));
  const { port, awsPort } = await platformPorts();
  const start = (on: Schedule['faults']): Promise<Platform> =>
    startPlatformProcess({ dir, port, awsPort, seed, transport, faults: on });
  const { client } = awsTarget({ awsPort }, {});
  const kinesis = new KinesisClient(client);
  let platform: Platform | undefined;
  let viewer: Viewer | undefined;
  try {
    const atMs = Date.now();
    const handedOver = linesOf(schedule, atMs);
    const put = transport === 'kafka' ? ontoKafka : ontoKinesis(kinesis);
    const at = new Date(atMs).toISOString();
    const answered = ofEach((): Answered => ({ generated: 0, accepted: 0, rejected: 0 }));
    const left = families.map((family) =>
      stepsOf(schedule, family, handedOver[family], { at, put, answered: answered[family] }),
    );
    /** Hands over what is left of each family, both at the same time. */
    const sendAll = (to: Platform): Promise<unknown> =>
      Promise.all(left.map((steps) => send(to, [...steps], () => void steps.shift())));

    let checkpoints: Evidence['checkpoints'] = {};
    let struck: Ran['struck'] = {};
    platform = await start(faults);
    if (kind === 'crash') {
      const first = platform;
      await Promise.all([sendAll(first), wait(schedule.killAfterMs).then(() => first.kill())]);
      checkpoints = await savedCheckpoints(dir, first, transport);
      platform = await start({});
      await sendAll(platform);
    } else {
      if (kind === 'poison') viewer = await watch(port);
      const brokerDies = transport === 'kafka' && kind === 'faults';
      await Promise.all([
        sendAll(platform),
        brokerDies ? wait(schedule.killAfterMs).then(() => killBroker(dir)) : undefined,
      ]);
      struck = await platform.faultsOff();
    }
    await platform.drain();
    const { bucket, mappings } = platform;
    const lake = { dir, bucket, client };
    const once = await lookAt(lake);
    const asideOnce = asideBy(lake, 'producer');

    const again = platform;
    await Promise.all(
      families.map((family) => send(again, replayOf(schedule, family, handedOver[family], put), () => undefined)),
    );
    await platform.drain();
    await viewer?.quiet();
    const replayed = await lookAt(lake);
    await platform.stop();
    const records = await ofEachInTurn((family) => readStream(dir, streams[family].name));
    const evidence: Evidence = {
      schedule,
      streams: ofEach((family) => ({
        handedOver: handedOver[family],
        answered: answered[family],
        records: records[family],
      })),
      byProducer: { once: asideOnce, replayed: asideBy(lake, 'producer') },
      atConsumer: Object.fromEntries(
        consumers.map(({ name, takes }) => [
          name,
          {
            once: once[name] as AtConsumer,
            replayed: replayed[name] as AtConsumer,
            ledger: takes === 'view' ? [] : ledgerOf(lake, name),
          },
        ]),
      ),
      checkpoints,
      ...(viewer ? { told: viewer.told() } : {}),
      said: await saidBy(dir, mappings),
    };
    return { evidence, struck };
  } finally {
    viewer?.close();
    kinesis.destroy();
    await platform?.kill();
    await rm(dir, { recursive: true, force: true });
  }
};

/** Its platform starts it again. */
const killBroker = (dir: string): void =>
  void process.kill(Number(readFileSync(join(dir, 'kafka/broker-1/pid'), 'utf8')), 'SIGKILL');

const lookAt = async (lake: Lake): Promise<Record<string, AtConsumer>> => {
  const found: Record<string, AtConsumer> = {};
  for (const { name, landed, totals } of consumers) {
    found[name] = {
      landed: (await landed?.(lake)) ?? [],
      aside: asideBy(lake, name),
      totals: await totals?.held(lake),
    };
  }
  return found;
};

/** What the platform logged of each consumer's event source mapping. */
const saidBy = async (dir: string, mappings: Platform['mappings']): Promise<Evidence['said']> => {
  const said = Object.fromEntries(consumers.map(({ name }) => [name, [] as string[]]));
  const begins = consumers.map((consumer) => {
    const functions = mappingsOf(consumer, mappings).map(({ functionName }) => `event source ${functionName} `);
    return { name: consumer.name, functions };
  });
  const trouble: string[] = [];
  const group = openLogs({ dir: join(dir, 'logs'), report: (line) => void trouble.push(line) }).group('/acme/platform');
  if (group)
    for await (const { message } of group.read(undefined, 0))
      for (const { name, functions } of begins)
        if (functions.some((start) => message.startsWith(start))) said[name]?.push(message);
  if (trouble.length > 0) throw new Error(trouble.join('; '));
  return said;
};
