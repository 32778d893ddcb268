import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KafkaError } from './kafka-error.ts';

const source = join(import.meta.dirname, 'jars');
const engines = join(import.meta.dirname, '../../../../.local/engines');

/** As jars/pom.xml has it. */
export const kafkaVersion = '4.3.1';

/**
 * The folder of Apache Kafka's jars: broker and command line tools. Maven fetches them once, by jars/pom.xml; they are
 * there only when every file is the one that jars/jars.sha256 lists, and no other is.
 *
 * @param say is told that they are fetched
 * @throws KafkaError when Maven is missing or fails, or a file is not the listed one
 */
export const kafkaJars = async (
  say: (line: string) => void,
  { parent = engines, env = process.env }: { readonly parent?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<string> => {
  const list = await readFile(join(source, 'jars.sha256'), 'utf8');
  const folder = join(parent, `kafka-${kafkaVersion}-${sha256(list).slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  say(`fetching Apache Kafka ${kafkaVersion} with Maven: 45 MB, once`);
  await mkdir(parent, { recursive: true });
  const fetched = await mkdtemp(join(parent, 'kafka-fetch-'));
  try {
    await fetchInto(fetched, env);
    await compare(fetched, list);
    await rename(fetched, folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error; // else another start was faster
    });
  } finally {
    await rm(fetched, { recursive: true, force: true });
  }
  return folder;
};

const fetchInto = async (folder: string, env: NodeJS.ProcessEnv): Promise<void> => {
  const pom = ['-f', join(source, 'pom.xml')];
  const quietly = ['-B', '-q', '-ntp', '--strict-checksums'];
  const copy = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${folder}`];
  try {
    await promisify(execFile)('mvn', [...pom, ...quietly, ...copy], { env, shell: process.platform === 'win32' });
  } catch (cause) {
    const { code, stdout = '' } = cause as { code?: string | number; stdout?: string };
    if (code === 'ENOENT') {
      throw new KafkaError(
        'Kafka is fetched by Maven, and there is no mvn: install maven, or name brokers that run with --brokers host:port',
      );
    }
    const problem = stdout.split('\n').find((line) => line.includes('[ERROR]')) ?? 'it said nothing';
    throw new KafkaError(`Maven could not fetch Kafka (${problem.trim()}); is the network there?`, { cause });
  }
};

const compare = async (folder: string, list: string): Promise<void> => {
  const names = (await readdir(folder)).sort();
  const lines = names.map(async (name) => `${sha256(await readFile(join(folder, name)))}  ${name}`);
  const listed = new Set(list.trim().split('\n'));
  const fetched = await Promise.all(lines);
  const strange = fetched.filter((line) => !listed.delete(line));
  const [odd] = [...strange, ...listed];
  if (odd === undefined) return;
  throw new KafkaError(
    `what Maven fetched is not what tools/local/src/kafka/jars/jars.sha256 lists, first ${odd.split('  ')[1]}; it is not used`,
  );
};

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
