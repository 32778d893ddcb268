import { createHash } from 'node:crypto';
import {
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { body, Bucket, client, serveS3 } from './served-s3.fixture.ts';
import { notServed } from './served-requests.ts';

serveS3();

/** Every sub-resource of S3's API, as of 2026, and one that there is not. */
const subResources = [
  ...['abac', 'accelerate', 'acl', 'analytics', 'annotations', 'attributes', 'cors', 'delete', 'encryption'],
  ...['intelligent-tiering', 'inventory', 'legal-hold', 'lifecycle', 'list-type=2', 'location', 'logging'],
  ...['metadataAnnotationTable', 'metadataConfiguration'],
  ...['metadataInventoryTable', 'metadataJournalTable', 'metadataTable', 'metrics', 'notification', 'object-lock'],
  ...['ownershipControls', 'policy', 'policyStatus', 'publicAccessBlock', 'renameObject', 'replication'],
  ...['requestPayment', 'restore', 'retention', 'select&select-type=2', 'session', 'tagging', 'torrent'],
  ...['uploadId', 'uploadId=', 'uploadId=x', 'partNumber=1', 'uploads', 'versionId=x', 'versioning', 'versions'],
  ...['website', 'made-up'],
];
const served = [
  ...['PUT lake lifecycle', 'GET lake lifecycle', 'DELETE lake lifecycle', 'GET lake location', 'GET lake list-type=2'],
  ...['GET lake uploads', 'GET lake versions', 'POST lake delete'],
  ...['GET lake/key tagging', 'PUT lake/key tagging', 'DELETE lake/key tagging', 'GET lake/key uploadId=x'],
  ...['GET lake/key attributes', 'GET lake/key partNumber=1', 'HEAD lake/key partNumber=1'],
  ...['POST lake/key uploads', 'POST lake/key uploadId=x', 'DELETE lake/key uploadId=x'],
];
const requests = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'].flatMap((method) =>
  ['lake', 'lake/key'].flatMap((path) => subResources.map((query) => `${method} ${path} ${query}`)),
);

const send = async (request: string): Promise<Response> => {
  const [method = '', path = '', query = ''] = request.split(' ');
  const { hostname, port } = (await client.config.endpoint?.()) ?? { hostname: '', port: 0 };
  const content = method === 'PUT' || method === 'POST' ? { body: '<Tagging/>' } : {};
  return fetch(`http://${hostname}:${port}/${path}?${query}`, { method, ...content });
};

describe('requests of S3', () => {
  it('change nothing and are 501 when their sub-resource is not served', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'key', Body: 'kept' }));
    for (const request of requests.filter((each) => !served.includes(each))) {
      const response = await send(request);
      const text = await response.text();

      expect([request, response.status]).toEqual([request, 501]);
      if (!request.startsWith('HEAD')) expect(text).toContain('<Code>NotImplemented</Code>');
      expect((await body('key')).toString()).toBe('kept');
    }
  });

  it('are answered when their sub-resource is served, and none of them changes the object', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'key', Body: 'kept' }));
    for (const request of served) {
      expect([request, (await send(request)).status < 500]).toEqual([request, true]);
      expect((await body('key')).toString()).toBe('kept');
    }
  });

  it('may be signed in the URL in either way, and carry the name of their operation', () => {
    const put = { method: 'PUT', bucket: 'lake', key: 'key' };
    const now = { 'X-Amz-Signature': 'x', 'X-Amz-Expires': '60', 'x-id': 'PutObject' };

    expect(notServed({ ...put, query: now })).toBeUndefined();
    expect(notServed({ ...put, query: { AWSAccessKeyId: 'x', Signature: 'y', Expires: '1' } })).toBeUndefined();
  });

  it.each([
    ['x-amz-object-lock-mode', 'GOVERNANCE'],
    ['x-amz-object-lock-legal-hold', 'ON'],
  ])('that would set what is not kept, by %s, are 501 and store nothing', async (name, value) => {
    const { hostname, port } = (await client.config.endpoint?.()) ?? { hostname: '', port: 0 };
    const put = await fetch(`http://${hostname}:${port}/lake/with-header`, {
      method: 'PUT',
      headers: { [name]: value },
      body: 'text',
    });
    expect([put.status, await put.text()]).toEqual([501, expect.stringContaining('<Code>NotImplemented</Code>')]);
    await expect(body('with-header')).rejects.toThrow('The specified key does not exist.');
  });

  it('that are a post without a sub-resource are served for a form alone', () => {
    const post = { method: 'POST', bucket: 'lake', key: '', query: {} };

    expect([
      notServed(post)?.statusCode,
      notServed({ ...post, headers: { 'content-type': 'multipart/form-data; boundary=x' } }),
    ]).toEqual([501, undefined]);
  });

  it.each([
    ['tagging', 501, 'The specified key does not exist.'],
    ['x-amz-meta-tagging', 204, undefined],
  ])('that are a form with a field %s are %i', async (field, status, missing) => {
    const { hostname, port } = (await client.config.endpoint?.()) ?? { hostname: '', port: 0 };
    const form = new FormData();
    form.append('key', 'posted');
    form.append(field, '<Tagging/>');
    form.append('file', new Blob(['a file with name="tagging" in it']), 'f');
    const posted = await fetch(`http://${hostname}:${port}/lake`, { method: 'POST', body: form });

    expect(posted.status).toBe(status);
    const told = await body('posted').then(String, (error: Error) => error.message);
    expect(told).toBe(missing ?? 'a file with name="tagging" in it');
  });

  it('store an object of no bytes without a content type', async () => {
    const { hostname, port } = (await client.config.endpoint?.()) ?? { hostname: '', port: 0 };
    const { status, headers } = await fetch(`http://${hostname}:${port}/lake/_SUCCESS`, { method: 'PUT' });

    expect([status, headers.get('etag')]).toEqual([200, `"${createHash('md5').digest('hex')}"`]);
    expect((await body('_SUCCESS')).length).toBe(0);
  });

  it('say where a bucket is', async () => {
    expect(await client.send(new GetBucketLocationCommand({ Bucket }))).toMatchObject({
      LocationConstraint: 'us-west-2',
    });
  });

  it('delete a bucket whose uploads were abandoned, and not one that has an object', async () => {
    await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'begun' }));
    await client.send(new PutObjectCommand({ Bucket, Key: 'key', Body: 'kept' }));
    await expect(client.send(new DeleteBucketCommand({ Bucket }))).rejects.toThrow('not empty');
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'key' }));

    expect(await client.send(new DeleteBucketCommand({ Bucket }))).toMatchObject({
      $metadata: { httpStatusCode: 204 },
    });
  });
});
