import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DeleteParameterCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ResourceKind } from '../assembly/resource-kind.ts';
import { type Front, openFront } from '../front/front.ts';
import { openParameters, type Parameters } from './parameters.ts';
import { ssmResources } from './resource.ts';
import { ssmService } from './service.ts';

describe('the parameter store', () => {
  let dir: string;
  let parameters: Parameters;
  let front: Front;
  let ssm: SSMClient;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'acme-ssm-'));
    parameters = await openParameters(dir);
    front = await openFront({ port: 0, services: { ssm: ssmService(parameters) }, upgrade: () => undefined });
    ssm = new SSMClient({
      endpoint: `http://127.0.0.1:${front.port}`,
      region: 'us-west-2',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const kind = ssmResources(parameters)['AWS::SSM::Parameter'] as ResourceKind;
    const properties = { Name: '/acme/local/stream/arn', Type: 'String', Value: 'arn:stream' };
    await kind.build(properties as never, { stack: 'S', logicalId: 'L', generatedName: 'S-L' });
  });
  afterAll(async () => {
    ssm.destroy();
    await front.close();
    await rm(dir, { recursive: true, force: true });
  });

  it('holds what the templates publish, for clients too', async () => {
    expect(parameters.get('/acme/local/stream/arn')?.value).toBe('arn:stream');
    const arn = 'arn:aws:ssm:us-west-2:000000000000:parameter/acme/local/stream/arn';
    for (const Name of ['/acme/local/stream/arn', arn]) {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
      expect(Parameter).toEqual({
        Name: '/acme/local/stream/arn',
        Type: 'String',
        Value: 'arn:stream',
        Version: 1,
        ARN: arn,
        DataType: 'text',
        LastModifiedDate: expect.any(Date),
      });
    }
  });

  it('keeps what people put, in versions', async () => {
    const put = { Name: '/mine/a', Value: '1', Type: 'String', Overwrite: true } as const;
    expect((await ssm.send(new PutParameterCommand(put))).Version).toBe(1);
    expect((await ssm.send(new PutParameterCommand({ ...put, Value: '2' }))).Version).toBe(2);
    await expect(ssm.send(new PutParameterCommand({ ...put, Overwrite: false }))).rejects.toMatchObject({
      name: 'ParameterAlreadyExists',
    });

    const reopened = await openParameters(dir);
    expect(reopened.all().map(({ name, value }) => [name, value])).toEqual([['/mine/a', '2']]);
  });

  it('finds by names and by path, page by page', async () => {
    for (const Name of ['/mine/b', '/mine/deep/c']) {
      await ssm.send(new PutParameterCommand({ Name, Value: 'x', Type: 'String' }));
    }
    const { Parameters: some, InvalidParameters } = await ssm.send(
      new GetParametersCommand({ Names: ['/mine/b', '/none'] }),
    );
    expect([some?.map(({ Name }) => Name), InvalidParameters]).toEqual([['/mine/b'], ['/none']]);

    const byPath = async (input: { Recursive?: boolean; MaxResults?: number; NextToken?: string }) => {
      const found = await ssm.send(new GetParametersByPathCommand({ Path: '/mine', ...input }));
      return [found.Parameters?.map(({ Name }) => Name), found.NextToken];
    };
    expect(await byPath({})).toEqual([['/mine/a', '/mine/b'], undefined]);
    expect(await byPath({ Recursive: true, MaxResults: 2 })).toEqual([['/mine/a', '/mine/b'], '2']);
    expect(await byPath({ Recursive: true, MaxResults: 2, NextToken: '2' })).toEqual([['/mine/deep/c'], undefined]);
    const beginning = { Key: 'Name', Option: 'BeginsWith', Values: ['/acme'] };
    const { Parameters: described } = await ssm.send(new DescribeParametersCommand({ ParameterFilters: [beginning] }));
    expect(described?.map(({ Name }) => Name)).toEqual(['/acme/local/stream/arn']);
  });

  it('deletes, and says what it does not have', async () => {
    await ssm.send(new DeleteParameterCommand({ Name: '/mine/b' }));
    await expect(ssm.send(new GetParameterCommand({ Name: '/mine/b' }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
  });

  it('names the field of a bad input', async () => {
    await expect(ssm.send(new PutParameterCommand({ Name: '/a b', Value: 'x', Type: 'String' }))).rejects.toThrow(
      'Name: takes letters, digits and . - _ / only',
    );
    await expect(ssm.send(new PutParameterCommand({ Name: '/new', Value: 'x' }))).rejects.toThrow(
      'Type: is needed for a new parameter',
    );
  });
});
