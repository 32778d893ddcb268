import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { notMade, respond } from './respond.ts';

const answers: unknown[] = [];
let status = 200;
const server = createServer((request, response) => {
  void text(request).then((body) => {
    answers.push({ method: request.method, ...JSON.parse(body) });
    response.writeHead(status).end();
  });
});
const asked = { StackId: 'stack', RequestId: 'request', LogicalResourceId: 'TelemetryTopic' };
const event = (more: object): CloudFormationCustomResourceEvent =>
  ({ ...asked, ...more, ResponseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer` }) as never;

beforeEach(async () => new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready)));
afterEach(async () => {
  answers.length = 0;
  status = 200;
  await new Promise((closed) => server.close(closed));
});

describe('respond', () => {
  it('tells CloudFormation what was made', async () => {
    await respond(event({ RequestType: 'Create' }), async () => 'acme-telemetry-stream');
    expect(answers).toEqual([
      { method: 'PUT', ...asked, Status: 'SUCCESS', PhysicalResourceId: 'acme-telemetry-stream' },
    ]);
  });

  it('tells why it failed, and keeps the name of what is there', async () => {
    const fail = async () => Promise.reject(new TypeError('no brokers'));
    await respond(event({ RequestType: 'Create' }), fail);
    await respond(event({ RequestType: 'Update', PhysicalResourceId: 'there' }), fail);
    const failed = { method: 'PUT', ...asked, Status: 'FAILED', Reason: 'TypeError: no brokers' };
    expect(answers).toEqual([
      { ...failed, PhysicalResourceId: notMade },
      { ...failed, PhysicalResourceId: 'there' },
    ]);
  });

  it('fails when the answer was not taken, so that all of it is tried again', async () => {
    status = 503;
    await expect(respond(event({ RequestType: 'Create' }), async () => 'made')).rejects.toThrow('503');
  });
});
