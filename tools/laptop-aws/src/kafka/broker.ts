import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { endsWithUs } from '../supervision/ends-with-us.ts';
import { endStale } from '../dynamodb/stale-process.ts';
import { addressOf, brokerProperties, type NodeAddress, type ScramUser } from './broker-properties.ts';
import { KafkaError } from './kafka-error.ts';
import { classPath, type KafkaCode, runTool } from './run-java.ts';

/** 16 bytes, as Kafka wants it. */
const clusterId = Buffer.from('acme-on-a-laptop').toString('base64url');

/** Enough for a laptop's topics; what it reads and writes is in the system's page cache. */
const heap = ['-Xms64m', '-Xmx256m', '-XX:+UseSerialGC'];

export interface BrokerOptions {
  /** Its own folder: settings, data, log, pid file. */
  readonly dir: string;
  readonly code: KafkaCode;
  readonly node: NodeAddress;
  /** All of its cluster. */
  readonly nodes: readonly NodeAddress[];
  /** With it, clients log in as this user; without, anyone on this machine may connect. */
  readonly user?: ScramUser | undefined;
}

/** A broker as a child process. */
export interface Broker {
  /** `host:port` for clients. */
  readonly address: string;
  readonly pid: number;
  /** Resolves with why, when it has ended for whatever reason. */
  readonly exited: Promise<string>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Ends it in order. */
  close(): Promise<void>;
}

/**
 * Starts a broker on its folder, after ending one that a killed platform left behind there. It ends with this process,
 * also when that is killed.
 * It takes connections a little later.
 *
 * @throws KafkaError when its folder cannot be formatted
 */
export const startBroker = async ({ code, node, nodes, user, ...options }: BrokerOptions): Promise<Broker> => {
  const dir = resolve(options.dir);
  const properties = join(dir, 'server.properties');
  const dataDir = join(dir, 'data');
  const pidFile = join(dir, 'pid');
  await mkdir(dir, { recursive: true });
  await endStale(pidFile, properties);
  await writeFile(properties, brokerProperties(node, nodes, { dataDir, secured: user !== undefined }));
  if (!existsSync(join(dataDir, 'meta.properties'))) {
    const users = user ? ['--add-scram', `SCRAM-SHA-512=[name=${user.name},password=${user.password}]`] : [];
    await runTool(code, 'kafka.tools.StorageTool', ['format', '-t', clusterId, '-c', properties, ...users]);
  }

  const said = openSync(join(dir, 'output'), 'w');
  const settings = [
    `-Dlog4j2.configurationFile=${join(import.meta.dirname, 'jars/log4j2.properties')}`,
    `-Dkafka.log=${join(dir, 'broker.log')}`,
  ];
  const child = spawn(code.java, [...heap, ...settings, ...classPath(code), 'kafka.Kafka', properties], {
    stdio: ['ignore', said, said],
    // Out of the terminal's reach: Ctrl-C must not end it while the functions still drain.
    detached: true,
    windowsHide: true,
  });
  closeSync(said);
  endsWithUs(child);
  const exited = ended(child);
  const killIt = (): void => void child.kill('SIGKILL');
  process.once('exit', killIt);
  void exited.then(() => process.off('exit', killIt));
  if (child.pid === undefined) throw new KafkaError(`Kafka's broker did not start: ${await exited}`);
  try {
    await writeFile(pidFile, String(child.pid));
  } catch (error) {
    killIt(); // on a full disk, say: one that nobody knows of would hold the folder's lock
    await exited;
    throw error;
  }
  return {
    address: addressOf(node),
    pid: child.pid,
    exited,
    kill: async () => {
      killIt();
      await exited;
    },
    close: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(killIt, 5_000);
      await exited;
      clearTimeout(timer);
      await rm(pidFile, { force: true });
    },
  };
};

const ended = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(`it has ended (${signal ?? `code ${code}`})`));
    child.once('error', ({ message }) => resolve(message));
  });

/** The last that a broker said, for an error. */
export const lastWords = async (dir: string): Promise<string> => {
  const texts = await Promise.all(
    ['broker.log', 'output'].map((name) => readFile(join(dir, name), 'utf8').catch(() => '')),
  );
  const lines = texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => / (ERROR|FATAL) |^Error|Exception/.test(line));
  return lines.at(-1)?.slice(0, 500) ?? 'it said nothing';
};
