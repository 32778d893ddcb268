import { buildPlatform, type BuiltPlatform } from '../assembly/build.ts';
import { readAssemblies } from '../assembly/read.ts';
import type { Faults } from '../faults/faults.ts';
import { type Kafka, openKafka } from '../kafka/kafka.ts';
import { type Engines, openEngines } from './engines.ts';

export interface LaptopOptions {
  /** The state folder; one per laptop. */
  readonly dir: string;
  /** Of the AWS endpoint. 0 takes a free one, which suits nobody who rewrites addresses. */
  readonly awsPort: number;
  /** Pages that may open WebSockets, such as `http://127.0.0.1:4200`. @default none */
  readonly origins?: readonly string[];
  /** What shall go wrong. @default nothing */
  readonly faults?: Faults | undefined;
  /** An Apache Kafka beside Kinesis: brokers that run already, `host:port` with commas between, or one that is started. */
  readonly kafka?: { readonly brokers?: string | undefined } | undefined;
  /** Tells the person at the laptop of trouble. @default standard error */
  readonly report?: (line: string) => void;
}

/** An AWS on this machine. */
export interface Laptop {
  readonly engines: Engines;
  /**
   * Builds what templates say, each resource after what it refers to.
   *
   * @param folders CDK assemblies: `cdk.out` of each app
   * @throws TemplateError at the first thing that cannot be built: it names stack, resource and property
   */
  build(folders: readonly string[]): Promise<BuiltPlatform>;
  /** An output of a stack that was built, by its key; empty when there is none. */
  output(key: string): string;
  /** Begins what runs by itself: readers of streams, alarms, and schedules unless they are left out. */
  start(options?: { readonly schedules?: boolean }): Promise<void>;
  /** Waits until every record that was taken has gone through every function, and is where that sends it. */
  drain(): Promise<void>;
  /** Ends everything; what is unfinished is on disk and goes on at the next start. */
  close(): Promise<void>;
}

/** Opens an AWS on a state folder. @throws PortError when the port is taken; whatever was open by then is closed again */
export const openLaptop = async ({ dir, awsPort, origins, faults, kafka: wanted, report = say }: LaptopOptions) => {
  let built: BuiltPlatform = { stacks: [], notRunHere: [], notHonoured: [], rewritten: [] };
  const kafka: Kafka | undefined = wanted && (await openKafka({ dir, brokers: wanted.brokers, report }));
  const engines = await openEngines({ dir, awsPort, origins, stacks: () => built.stacks, report, faults, kafka });
  const laptop: Laptop = {
    engines,
    build: async (folders) => {
      const { stacks, assetPath } = await readAssemblies(folders);
      built = await buildPlatform({
        stacks,
        kinds: engines.list.resourceKinds(assetPath),
        parameter: (name) => engines.parameters.get(name)?.value,
        port: awsPort,
      });
      return built;
    },
    output: (key) => built.stacks.flatMap(({ outputs }) => outputs).find((one) => one.key === key)?.value ?? '',
    start: async ({ schedules = true } = {}) => {
      await engines.list.start();
      if (schedules) engines.scheduler.start();
    },
    drain: engines.list.drain,
    close: engines.list.close,
  };
  return laptop;
};

const say = (line: string): void => void process.stderr.write(`${line}\n`);
