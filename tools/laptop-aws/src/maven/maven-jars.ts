import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../../../..');
const engines = join(root, '.local/engines');

/** Jars of a program that is not in the repository. */
export interface Jars {
  /** What they are, `Apache Kafka 4.3.1`. */
  readonly what: string;
  /** Begins the name of their folder: `kafka-4.3.1`. */
  readonly name: string;
  /** The folder of pom.xml, which names them, and jars.sha256, which lists the files that it resolves to. */
  readonly source: string;
  /** Said before they are fetched, such as `45 MB`. */
  readonly size: string;
}

/** Jars cannot be had; the message says what to do. */
export class JarsError extends Error {
  override readonly name = 'JarsError';
  readonly isWithoutMaven: boolean;

  constructor(
    message: string,
    { isWithoutMaven = false, ...options }: ErrorOptions & { isWithoutMaven?: boolean } = {},
  ) {
    super(message, options);
    this.isWithoutMaven = isWithoutMaven;
  }
}

/**
 * The folder of some jars. Maven fetches them once, by their pom.xml; they are there only when every file is the one that
 * jars.sha256 lists, and no other is.
 *
 * @param say is told that they are fetched
 * @throws JarsError when Maven is missing or fails, or a file is not the listed one
 */
export const mavenJars = async (
  jars: Jars,
  say: (line: string) => void,
  { parent = engines, env = process.env }: { readonly parent?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<string> => {
  const list = await readFile(join(jars.source, 'jars.sha256'), 'utf8');
  const folder = join(parent, `${jars.name}-${sha256(list).slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  say(`fetching ${jars.what} with Maven: ${jars.size}, once`);
  await mkdir(parent, { recursive: true });
  const fetched = await mkdtemp(join(parent, 'fetch-'));
  try {
    await fetchInto(fetched, jars, env);
    await compare(fetched, jars, list);
    await rename(fetched, folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error; // else another start was faster
    });
  } finally {
    await rm(fetched, { recursive: true, force: true });
  }
  return folder;
};

const fetchInto = async (folder: string, { what, source }: Jars, env: NodeJS.ProcessEnv): Promise<void> => {
  const pom = ['-f', join(source, 'pom.xml')];
  const quietly = ['-B', '-q', '-ntp', '--strict-checksums'];
  const copy = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${folder}`];
  try {
    await promisify(execFile)('mvn', [...pom, ...quietly, ...copy], { env, shell: process.platform === 'win32' });
  } catch (cause) {
    const { code, stdout = '' } = cause as { code?: string | number; stdout?: string };
    if (code === 'ENOENT') {
      throw new JarsError(`Maven fetches ${what}, and there is no mvn: install maven`, { isWithoutMaven: true });
    }
    const problem = stdout.split('\n').find((line) => line.includes('[ERROR]')) ?? 'it said nothing';
    throw new JarsError(`Maven could not fetch ${what} (${problem.trim()}); is the network there?`, { cause });
  }
};

const compare = async (folder: string, { source }: Jars, list: string): Promise<void> => {
  const names = (await readdir(folder)).sort();
  const lines = names.map(async (name) => `${sha256(await readFile(join(folder, name)))}  ${name}`);
  const listed = new Set(list.trim().split('\n'));
  const fetched = await Promise.all(lines);
  const strange = fetched.filter((line) => !listed.delete(line));
  const [odd] = [...strange, ...listed];
  if (odd === undefined) return;
  const place = relative(root, join(source, 'jars.sha256')).replaceAll('\\', '/');
  throw new JarsError(`what Maven fetched is not what ${place} lists, first ${odd.split('  ')[1]}; it is not used`);
};

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
