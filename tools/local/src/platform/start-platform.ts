import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { mintToken } from '@acme/lambda-kit';
import { type BuiltPlatform, type Engines, type Faults, openLaptop, synthesise } from '@acme/laptop-aws';
import { parameterName } from '@acme/stack-contract';
import { openDashboard } from '../dashboard/dashboard.ts';
import { count, dim, type Progress } from '../terminal/progress.ts';
import { bundle } from './bundle.ts';
import { keepTransport, type Transport } from './keep-transport.ts';

const stage = 'local';

export interface PlatformOptions {
  /** The state folder. */
  readonly dir: string;
  /** Of the dashboard. */
  readonly port: number;
  readonly awsPort: number;
  /** @default none */
  readonly faults?: Faults;
  /** CDK context on top of each app's cdk.json. @default none */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Whether what the templates schedule runs. @default true */
  readonly schedules?: boolean;
  /** @default kinesis */
  readonly transport?: Transport;
  /** Kafka brokers that run already, `host:port` each, comma-separated. @default one is started */
  readonly brokers?: string | undefined;
}

export interface RunningPlatform {
  readonly engines: Engines;
  /** An output of a stack, by its key. */
  output(key: string): string;
  /** Waits until every event that was accepted has gone through every consumer and is in the lake. */
  drain(): Promise<void>;
  /** Ends everything; what is unfinished is on disk and goes on at the next start. */
  stop(): Promise<void>;
}

/**
 * A platform is all buffers, and each function's thread a heap of its own of some 25 MB. By itself V8 collects all garbage
 * of a heap whenever so many megabytes of buffers, or of objects, have come up: that took a fifth of the CPU. With these,
 * buffers count as part of the heap, and a heap may grow to four times what lives in it.
 */
const collectGarbageLessOften = (): void => {
  setFlagsFromString('--external-memory-accounted-in-global-limit');
  setFlagsFromString('--heap-growing-percent=300');
};

/** From the apps' sources to running engines: bundles, synthesises, builds what the templates say, opens the page. */
export const startPlatform = async (
  { dir, port, awsPort, faults, context = {}, schedules = true, transport = 'kinesis', brokers }: PlatformOptions,
  progress: Progress,
): Promise<RunningPlatform> => {
  collectGarbageLessOften();
  keepTransport(dir, transport);
  let folders: readonly string[] = [];
  await progress.step('bundle', async () => ((await bundle()) ? 'unchanged' : 'every app, as it deploys'));
  await progress.step('synth', async () => {
    const synthesis = await synthesise({ stage, outDir: join(dir, 'assembly'), context: { ...context, transport } });
    folders = synthesis.folders;
    return `${folders.length} apps, ${synthesis.unchanged ? 'unchanged' : `for stage ${stage}`}`;
  });

  const report = (line: string): void => progress.line(line);
  const pages = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
  const kafka = transport === 'kafka' ? { brokers } : undefined;
  const opening = openLaptop({ dir, awsPort, origins: pages, faults, kafka, report });
  await progress.step('engines', async () => {
    await opening;
    return `open, on what is in ${dir}`;
  });
  const laptop = await opening;
  const { engines } = laptop;
  const about = engines.kafka?.about;
  if (about !== undefined) await progress.step('kafka', async () => about);
  let dashboard: { close(): Promise<unknown> } | undefined;
  const stop = async (): Promise<void> => {
    await dashboard?.close();
    await laptop.close();
  };
  let built: BuiltPlatform | undefined;
  try {
    if (engines.kafka) {
      const name = parameterName(stage, 'kafkaBootstrapServers');
      const value = engines.kafka.bootstrapServers;
      engines.parameters.declare({ name, type: 'String', value, description: undefined });
    }
    await progress.step('build', async () => {
      built = await laptop.build(folders);
      return `${count(built.stacks.flatMap(({ resources }) => resources).length)} resources of ${built.stacks.length} stacks`;
    });
    const published = (key: Parameters<typeof parameterName>[1]): string =>
      engines.parameters.get(parameterName(stage, key))?.value ?? '';
    await progress.step('run', async () => {
      await laptop.start({ schedules });
      dashboard = await openDashboard({
        port,
        webSocketUrl: laptop.output('WebSocketApiEndpoint'),
        folder: join(import.meta.dirname, '../../../../dist/bundle/dashboard'),
        report,
        mintToken: () => mintToken(engines.secrets.find(published('socketKeyArn')).value, Date.now()),
      });
      return `${engines.functions.names().length} functions, ${streamsOf(engines)}`;
    });
  } catch (error) {
    await stop();
    throw error;
  }
  if (built) sayWhatIsNot(built, progress);
  return { engines, output: laptop.output, drain: laptop.drain, stop };
};

const streamsOf = ({ kafka, kinesis }: Engines): string =>
  kafka ? `${kafka.topics().length} topics` : `${kinesis.streams().length} streams`;

const sayWhatIsNot = ({ notRunHere, notHonoured, rewritten }: BuiltPlatform, progress: Progress): void => {
  if (notRunHere.length > 0) {
    const types = notRunHere.map(({ type, count: times }) => `${type.replace('AWS::', '')} ×${times}`);
    progress.line(dim(`not run here: ${types.join(', ')}`));
  }
  if (notHonoured.length > 0) progress.line(dim(`not honoured yet: ${grouped(notHonoured).join(', ')}`));
  for (const where of rewritten) progress.line(dim(`address of the laptop in: ${where}`));
};

/** `AcmeDataLakeStack/Lake (AWS::S3::Bucket): LoggingConfiguration` of several resources, as one entry. */
const grouped = (settings: readonly string[]): string[] => {
  const times = Map.groupBy(settings, (setting) => /\(AWS::(.*)$/.exec(setting)?.[1]?.replace('):', '') ?? setting);
  return [...times].map(([setting, { length }]) => (length > 1 ? `${setting} ×${length}` : setting));
};
