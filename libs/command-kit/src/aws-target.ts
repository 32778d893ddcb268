import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What every command that talks to the platform takes, for `parseArgs` of node:util. */
export const targetOptions = {
  dir: { type: 'string' },
  port: { type: 'string' },
  'aws-port': { type: 'string' },
} as const;

/** Whom a command talks to, and the settings of any AWS client for it. */
export interface AwsTarget {
  readonly stage: string;
  readonly client: {
    readonly region: string;
    readonly endpoint?: string;
    readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
}

/**
 * The laptop platform, unless STAGE names a stage on AWS (then the usual AWS credentials count) or AWS_ENDPOINT_URL
 * an endpoint (then it counts).
 *
 * @param values `--aws-port` says where the laptop platform listens; else `--dir`, the folder of a running one, does
 */
export const awsTarget = (
  values: { readonly dir?: string | undefined; readonly 'aws-port'?: string | undefined },
  env: NodeJS.ProcessEnv = process.env,
): AwsTarget => {
  const region = env.AWS_REGION ?? 'us-west-2';
  if (env.STAGE && env.STAGE !== 'local') return { stage: env.STAGE, client: { region } };
  if (env.AWS_ENDPOINT_URL) return { stage: 'local', client: { region } };
  const port = values['aws-port'] ?? portOf(values.dir ?? join(import.meta.dirname, '../../../.local')) ?? '4566';
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
const portOf = (dir: string): string | undefined => {
  try {
    const { awsPort } = JSON.parse(readFileSync(join(resolve(dir), 'platform.json'), 'utf8')) as { awsPort?: number };
    return awsPort === undefined ? undefined : String(awsPort);
  } catch {
    return undefined; // none runs on that folder: the usual port
  }
};
