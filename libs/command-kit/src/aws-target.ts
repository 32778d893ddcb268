import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from './command-line.ts';

/** Whom a command talks to, and the settings of any AWS client for it. */
export interface AwsTarget {
  readonly stage: string;
  readonly client: {
    readonly region: string;
    readonly endpoint?: string;
    readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
}

/** What `npm start` takes when it is told nothing else. */
const usual = { dir: join(import.meta.dirname, '../../../.local'), port: '4566' };

/**
 * The laptop platform, unless STAGE names a stage on AWS (then the usual AWS credentials count) or AWS_ENDPOINT_URL
 * an endpoint (then it counts).
 *
 * @param values of `targetOptions`: `--aws-port` says where the laptop platform listens; else `--dir`, the folder of a running one, does;
 *   without either it is the usual one
 * @throws UsageError when no platform has run on the folder of `--dir`
 */
export const awsTarget = (
  values: { readonly dir?: string | undefined; readonly awsPort?: number | undefined },
  env: NodeJS.ProcessEnv = process.env,
): AwsTarget => {
  const region = env.AWS_REGION ?? 'us-west-2';
  if (env.STAGE && env.STAGE !== 'local') return { stage: env.STAGE, client: { region } };
  if (env.AWS_ENDPOINT_URL) return { stage: 'local', client: { region } };
  const port = values.awsPort ?? portOf(resolve(values.dir ?? usual.dir));
  return {
    stage: 'local',
    client: {
      region,
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    },
  };
};

/** The AWS port of the platform that runs, or last ran, on a state folder. */
const portOf = (dir: string): string => {
  const port = recordedPort(join(dir, 'platform.json'));
  if (port !== undefined) return port;
  if (dir === usual.dir) return usual.port;
  throw new UsageError('no platform runs on the folder of --dir; start one there: npm start -- --dir <folder>');
};

const recordedPort = (file: string): string | undefined => {
  try {
    const { awsPort } = JSON.parse(readFileSync(file, 'utf8')) as { awsPort?: number };
    return awsPort === undefined ? undefined : String(awsPort);
  } catch {
    return undefined; // none has run on that folder
  }
};
