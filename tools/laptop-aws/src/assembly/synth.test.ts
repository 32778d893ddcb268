import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { buildPlatform } from './build.ts';
import { type Assembly, readAssemblies } from './read.ts';
import { resourceKind, type ResourceKinds } from './resource-kind.ts';
import { synthesise, type Synthesis } from './synth.ts';

const streamApp = `
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';

const app = new App();
const stack = new Stack(app, 'StreamStack');
const stream = new Stream(stack, 'Events', { streamName: app.node.getContext('streamName') });
new StringParameter(stack, 'Arn', { parameterName: '/fixture/stream-arn', stringValue: stream.streamArn });
new CfnOutput(stack, 'Stage', { value: process.env.STAGE as string });
app.synth();
`;

const readerApp = `
import { App, Stack } from 'aws-cdk-lib';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';

const app = new App();
const stack = new Stack(app, 'ReaderStack');
const stream = Stream.fromStreamArn(stack, 'Events', StringParameter.valueForStringParameter(stack, '/fixture/stream-arn'));
const read = new Function(stack, 'Read', {
  runtime: Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: Code.fromAsset('dist/bundle/reader'),
  environment: { STREAM: stream.streamName },
});
stream.grantRead(read);
app.synth();
`;

describe('the apps of a workspace', () => {
  let root: string;
  let outDir: string;
  let first: Synthesis;
  let assembly: Assembly;

  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  const synthesised = () => synthesise({ stage: 'local', outDir, root });

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'acme-apps-'));
    outDir = join(root, 'out');
    await symlink(join(import.meta.dirname, '../../../../node_modules'), join(root, 'node_modules'));
    await write('package.json', '{ "type": "module" }');
    await write('dist/bundle/reader/index.mjs', 'export const handler = async () => 1;');
    await write('apps/reader/cdk.json', '{ "app": "node infra/main.ts" }');
    await write('apps/reader/infra/main.ts', readerApp);
    await write('apps/stream/cdk.json', '{ "app": "node infra/main.ts", "context": { "streamName": "clicks" } }');
    await write('apps/stream/infra/main.ts', streamApp);
    await write('apps/no-infra/package.json', '{}');
    first = await synthesised();
    assembly = await readAssemblies(first.folders);
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  it('are synthesised, each to its folder, with the stage and the context of their cdk.json', () => {
    expect(first).toEqual({ folders: [join(outDir, 'reader'), join(outDir, 'stream')], unchanged: false });
    expect(assembly.stacks.map(({ name }) => name)).toEqual(['ReaderStack', 'StreamStack']);
    const { Resources, Outputs } = assembly.stacks[1]?.template ?? {};
    expect(Object.values(Resources ?? {}).map(({ Properties }) => Properties['Name'])).toContain('clicks');
    expect(Outputs?.['Stage']?.Value).toBe('local');
  });

  it('build on the engines, from the stream to the function that reads it', async () => {
    const published = new Map<string, string>();
    const functions: { code: string; stream: string }[] = [];
    const Function = z.looseObject({
      Code: z.object({ S3Key: z.string() }),
      Environment: z.object({ Variables: z.object({ STREAM: z.string() }) }),
    });
    const kinds: ResourceKinds = {
      'AWS::Kinesis::Stream': resourceKind(z.looseObject({ Name: z.string() }), ({ Name }) => ({
        ref: Name,
        attributes: { Arn: `arn:aws:kinesis:us-west-2:000000000000:stream/${Name}` },
      })),
      'AWS::SSM::Parameter': resourceKind(z.looseObject({ Name: z.string(), Value: z.string() }), (parameter) => {
        published.set(parameter.Name, parameter.Value);
        return { ref: parameter.Name };
      }),
      'AWS::Lambda::Function': resourceKind(Function, ({ Code, Environment }, { logicalId }) => {
        functions.push({ code: assembly.assetPath(Code.S3Key), stream: Environment.Variables.STREAM });
        return { ref: logicalId };
      }),
    };
    const { stacks, notRunHere } = await buildPlatform({
      stacks: assembly.stacks,
      kinds,
      parameter: (name) => published.get(name),
      port: 4566,
    });

    expect(stacks.map(({ name }) => name)).toEqual(['StreamStack', 'ReaderStack']);
    expect(functions).toEqual([{ code: expect.stringContaining(join(outDir, 'reader', 'asset.')), stream: 'clicks' }]);
    expect(await readdir(functions[0]?.code ?? '')).toEqual(['index.mjs']);
    expect(notRunHere).toContainEqual({ type: 'AWS::IAM::Policy', count: 1 });
  });

  it('are left alone while nothing changes, and synthesised again when something does', async () => {
    expect((await synthesised()).unchanged).toBe(true);
    await write('apps/stream/infra/kinesis.test.ts', 'a test deploys nothing');
    expect((await synthesised()).unchanged).toBe(true);
    await write('dist/bundle/reader/index.mjs', 'export const handler = async () => 2;');
    expect((await synthesised()).unchanged).toBe(false);
  });

  it('say themselves what is wrong with them', async () => {
    await write('apps/stream/infra/main.ts', "throw new Error('no such stage');");
    await expect(synthesised()).rejects.toThrow(
      /^the apps could not be synthesised for stage local:\nstream: Error: no such stage/,
    );
  });

  it('must have staged the assets that templates name', () => {
    expect(() => assembly.assetPath('0.zip')).toThrow('no app staged the asset 0.zip: synthesise the apps again');
  });

  it('must have left an assembly', async () => {
    await expect(readAssemblies([join(root, 'nowhere')])).rejects.toThrow('manifest.json cannot be read: synthesise');
  });
});
