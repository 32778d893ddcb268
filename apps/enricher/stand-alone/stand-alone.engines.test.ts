// The exported pipeline against stock tools: linters, and MiniStack, an emulator of AWS that makes whole stacks. It shows
// that the template deploys, works and is destroyed; what fails how is shown on the laptop platform.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportStandAlone } from './export.ts';

const exec = promisify(execFile);
const tool = (name: string): string => {
  const path = process.env[name];
  if (!path) throw new Error(`${name} must be the path of its command: use npm run test:engines`);
  return path;
};
const bundle = join(import.meta.dirname, '../../../dist/bundle/enricher');

let out: string;
beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'acme-stand-alone-'));
  exportStandAlone(out, bundle);
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

describe('linters', () => {
  it('find nothing in the template', async () => {
    const { stdout } = await exec(tool('CFN_LINT'), [join(out, 'cloudformation.yaml')]);
    expect(stdout).toBe('');
  });

  it('find nothing in the scripts', async () => {
    const scripts = ['deploy.sh', 'destroy.sh'].map((name) => join(out, 'scripts', name));
    const { stdout } = await exec(tool('SHELLCHECK'), scripts);
    expect(stdout).toBe('');
  });
});

describe('the stack in an emulator of AWS', () => {
  const keys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-west-2' };
  let emulator: ChildProcess;
  let endpoint: string;
  let client: Readonly<Record<'endpoint' | 'region', string>> & {
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly forcePathStyle: boolean;
  };

  beforeAll(async () => {
    const port = await freePort();
    endpoint = `http://127.0.0.1:${port}`;
    emulator = spawn(tool('MINISTACK'), {
      cwd: out,
      stdio: 'ignore',
      env: {
        ...{ PATH: `${dirname(process.execPath)}:${process.env['PATH']}`, HOME: out },
        ...{ GATEWAY_PORT: String(port), BIND_HOST: '127.0.0.1', IOT_MTLS_ENABLED: '0', SFTP_ENABLED: '0' },
      },
    });
    client = {
      endpoint,
      region: 'us-west-2',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      forcePathStyle: true,
    };
    await eventually(() => fetch(`${endpoint}/_ministack/health`).then(({ ok }) => ok));
  });
  afterAll(async () => {
    if (emulator.exitCode !== null) return;
    emulator.kill();
    await once(emulator, 'exit');
  });

  const script = async (name: string, stack: string, ...args: string[]): Promise<string> => {
    const { stdout } = await exec(join(out, 'scripts', name), args, {
      env: {
        ...keys,
        ...{ PATH: `${dirname(tool('AWS_CLI'))}:${process.env['PATH']}`, HOME: out, AWS_ENDPOINT_URL: endpoint },
        ...{ STACK_NAME: stack, CODE_BUCKET: 'code-of-mine', AWS_DEFAULT_REGION: 'us-west-2', AWS_PAGER: '' },
      },
    });
    return stdout;
  };
  const named = (printed: string, output: string): string =>
    new RegExp(`\\|\\s+${output}\\s+\\|\\s+(\\S+)\\s+\\|`).exec(printed)?.[1] ?? '';

  it('is deployed by its script, enriches what is put on its stream, and is destroyed with all that it holds', async () => {
    const printed = await script('deploy.sh', 'pipeline', 'Environment=staging', 'StreamShardCount=1');
    expect(named(printed, 'FunctionName')).toBe('pipeline-enricher');
    expect(named(printed, 'TableName')).not.toBe('');
    const kinesis = new KinesisClient({ ...client, requestHandler: new NodeHttpHandler() });
    await kinesis.send(
      new PutRecordCommand({
        StreamName: named(printed, 'StreamName'),
        PartitionKey: 'user123',
        Data: Buffer.from('{"event_type":"page_view","user_id":"user123","page":"/product/abc123","session_id":"s"}'),
      }),
    );
    const s3 = new S3Client(client);
    const Bucket = named(printed, 'BucketName');
    const Key = await eventually(async () => {
      const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'enriched-data/' }));
      return Contents?.[0]?.Key;
    });
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const row = JSON.parse(gunzipSync((await Body?.transformToByteArray()) as Uint8Array).toString('utf8'));
    expect(row).toMatchObject({ event_type: 'page_view', user_id: 'user123', enrichment_status: 'none' });

    // Deployed again with the same code, it has nothing to do, and its parameters stay.
    expect(named(await script('deploy.sh', 'pipeline'), 'BucketName')).toBe(Bucket);
    expect(await script('destroy.sh', 'pipeline', '--yes')).toContain('pipeline is gone');
    await expect(s3.send(new ListObjectsV2Command({ Bucket }))).rejects.toThrow();
  });

  it('is created by a plain CreateStack, with no right but CAPABILITY_IAM', async () => {
    const cloudFormation = new CloudFormationClient(client);
    const StackName = 'by-hand';
    await cloudFormation.send(
      new CreateStackCommand({
        StackName,
        TemplateBody: readFileSync(join(out, 'cloudformation.yaml'), 'utf8'),
        Capabilities: ['CAPABILITY_IAM'],
        Parameters: [
          { ParameterKey: 'Environment', ParameterValue: 'dev' },
          { ParameterKey: 'CodeBucket', ParameterValue: 'code-of-mine' },
          { ParameterKey: 'CodeKey', ParameterValue: 'enricher/code.zip' },
        ],
      }),
    );
    const { state } = await waitUntilStackCreateComplete({ client: cloudFormation, maxWaitTime: 90 }, { StackName });
    expect(state).toBe('SUCCESS');
  });
});

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

/** What is asked for again and again, until it is there; a refused connection is not there yet. */
const eventually = async <T>(ask: () => Promise<T | undefined | false>): Promise<T> => {
  for (;;) {
    const answer = await ask().catch((error: Error & { readonly cause?: { readonly code?: string } }) => {
      if (error.cause?.code !== 'ECONNREFUSED') throw error;
      return undefined;
    });
    if (answer) return answer;
    await wait(250);
  }
};
