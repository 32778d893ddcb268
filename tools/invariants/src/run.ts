import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { openLogs } from '@acme/local/logs/open-logs';
import type { Transport } from '@acme/local/platform/keep-transport';
import { savedCheckpoints } from './checkpoints.ts';
import { consumers } from './consumers.ts';
import type { AtConsumer, Evidence } from './evidence.ts';
import { freePorts } from './free-ports.ts';
import { asideBy, type Lake, ledgerOf } from './lake.ts';
import { linesOf } from './lines.ts';
import { type Platform, startPlatformProcess } from './platform.ts';
import type { Schedule } from './schedule.ts';
import { ontoKafka, ontoKinesis, streamName } from './put-lines.ts';
import { type Answered, replayOf, send, stepsOf } from './send.ts';
import { readStream } from './stream.ts';
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
  const [port, awsPort] = await freePorts();
  const start = (on: Schedule['faults']): Promise<Platform> =>
    startPlatformProcess({ dir, port, awsPort, seed, transport, faults: on });
  const kinesis = new KinesisClient({
    region: 'us-west-2',
    endpoint: `http://127.0.0.1:${awsPort}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  let platform: Platform | undefined;
  let viewer: Viewer | undefined;
  try {
    const atMs = Date.now();
    const handedOver = linesOf(schedule, atMs);
    const put = transport === 'kafka' ? ontoKafka : ontoKinesis(kinesis);
    const answered: Answered = { generated: 0, accepted: 0, rejected: 0 };
    const steps = stepsOf(schedule, handedOver, { at: new Date(atMs).toISOString(), put, answered });
    let done = 0;
    const oneMore = (): void => void done++;

    let checkpoints: Evidence['checkpoints'] = {};
    let struck: Ran['struck'] = {};
    platform = await start(faults);
    if (kind === 'crash') {
      const first = platform;
      await Promise.all([send(first, steps, oneMore), wait(schedule.killAfterMs).then(() => first.kill())]);
      checkpoints = await savedCheckpoints(dir, first, transport);
      platform = await start({});
      await send(platform, steps.slice(done), oneMore);
    } else {
      if (kind === 'poison') viewer = await watch(port);
      const brokerDies = transport === 'kafka' && kind === 'faults';
      await Promise.all([
        send(platform, steps, oneMore),
        brokerDies ? wait(schedule.killAfterMs).then(() => killBroker(dir)) : undefined,
      ]);
      struck = await platform.faultsOff();
    }
    await platform.drain();
    const lake = { dir, bucket: platform.bucket };
    const once = await lookAt(lake);
    const asideOnce = asideBy(lake, 'producer');

    await send(platform, replayOf(schedule, handedOver, put), () => undefined);
    await platform.drain();
    await viewer?.quiet();
    await platform.stop();
    const replayed = await lookAt(lake);
    const evidence: Evidence = {
      schedule,
      handedOver,
      answered,
      records: await readStream(dir, streamName),
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
      said: await saidBy(dir),
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
  for (const { name, landed } of consumers)
    found[name] = { landed: (await landed?.(lake)) ?? [], aside: asideBy(lake, name) };
  return found;
};

/** What the platform logged of each consumer's event source mapping. */
const saidBy = async (dir: string): Promise<Evidence['said']> => {
  const said = Object.fromEntries(consumers.map(({ name }) => [name, [] as string[]]));
  const trouble: string[] = [];
  const group = openLogs({ dir: join(dir, 'logs'), report: (line) => void trouble.push(line) }).group('/acme/platform');
  if (group)
    for await (const { message } of group.read(undefined, 0))
      for (const { name, stack } of consumers)
        if (message.startsWith(`event source ${stack}`)) said[name]?.push(message);
  if (trouble.length > 0) throw new Error(trouble.join('; '));
  return said;
};
