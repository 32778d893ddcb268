import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** As package.json pins it for the platform that the lock file knows. */
const version = '1.2.1';
const file = process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';

/** What this machine is, and where things lie on it; others for tests. */
const here = {
  platform: `${process.platform}-${process.arch}`,
  env: process.env,
  folder: join(import.meta.dirname, '../../../../.local/engines'),
};

/**
 * The path of dynoxide (DynamoDB on SQLite): the one that npm brought with everything else, else one on the PATH, else
 * it is fetched from npm, once.
 *
 * @param say is told that it is fetched. @default standard error
 * @throws DynamoDbError that says what to install
 */
export const dynoxideBinary = async (
  say: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
  { platform, env, folder }: typeof here = here,
): Promise<string> => {
  const fetched = join(folder, `dynoxide-${version}`, 'node_modules', '@dynoxide', platform);
  const path = (env['PATH'] ?? '').split(delimiter);
  const candidates = [fromNpm(platform), ...path, fetched].filter((candidate) => candidate !== undefined);
  const found = candidates.map((candidate) => join(candidate, file)).find(existsSync);
  if (found) return found;
  say(`fetching dynoxide ${version} for ${platform} from npm, once`);
  const problem = await fetchInto(join(folder, `dynoxide-${version}`), platform, env);
  if (problem === undefined && existsSync(join(fetched, file))) return join(fetched, file);
  throw new DynamoDbError(
    `DynamoDB on the laptop needs dynoxide, which npm does not bring for ${platform} (${problem ?? 'the package has no binary'}): ` +
      `put a dynoxide ${version} on the PATH (https://github.com/nubo-db/dynoxide), and start again`,
  );
};

const fromNpm = (platform: string): string | undefined => {
  try {
    return dirname(createRequire(import.meta.url).resolve(`@dynoxide/${platform}/package.json`));
  } catch {
    return undefined; // an optional dependency: the lock file knows some platforms only
  }
};

/** npm holds what it fetches against the registry's checksum. @returns what went wrong, in npm's words */
const fetchInto = async (folder: string, platform: string, env: NodeJS.ProcessEnv): Promise<string | undefined> => {
  await mkdir(folder, { recursive: true });
  const flags = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const args = ['install', '--prefix', folder, ...flags, `@dynoxide/${platform}@${version}`];
  try {
    await promisify(execFile)('npm', args, { env, shell: process.platform === 'win32' });
    return undefined;
  } catch (error) {
    const { stderr = '', message } = error as Error & { readonly stderr?: string };
    return /npm error (?!code)(.+)/.exec(stderr)?.[1] ?? message.split('\n')[0];
  }
};

/** DynamoDB's engine is missing, did not start, or has stopped; the message says what to do. */
export class DynamoDbError extends Error {
  override readonly name = 'DynamoDbError';
}
