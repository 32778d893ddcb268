import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsError } from '../aws/aws-error.ts';
import { asyncInvocations, type AsyncInvocations, type AsyncSettings } from './async-invocations.ts';

let dir: string;
const open: AsyncInvocations[] = [];
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'acme-async-'))));
afterEach(async () => {
  await Promise.all(open.splice(0).map((queue) => queue.stop()));
  rmSync(dir, { recursive: true, force: true });
});

type Attempt = 'works' | 'fails' | 'throttled';

/** A queue whose function does as told, attempt by attempt, and then works. */
const queueOf = (attempts: Attempt[], settings: AsyncSettings = {}) => {
  const invoked: { name: string; payload: string; requestId: string | undefined }[] = [];
  const givenUp: string[] = [];
  const queue = asyncInvocations({
    async invoke(name, payload, requestId = '') {
      invoked.push({ name, payload, requestId });
      const attempt = attempts.shift() ?? 'works';
      if (attempt === 'throttled') throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
      return attempt === 'works'
        ? { requestId, payload: 'null' }
        : { requestId, payload: '{"errorType":"Error"}', functionError: 'Unhandled' };
    },
    settingsOf: () => settings,
    givenUp: (...told) => givenUp.push(told.join(' ')),
    dir,
    retryDelaysMs: [1, 1],
  });
  open.push(queue);
  return { queue, invoked, givenUp, settled: () => until(() => readdirSync(dir).length === 0) };
};
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
};

describe('an asynchronous invocation', () => {
  it('is tried twice more under its request id, and then left', async () => {
    const { queue, invoked, givenUp, settled } = queueOf(['fails', 'fails', 'fails']);
    const requestId = await queue.accept('tried', '{"a":1}');
    await settled();
    expect(invoked).toEqual(Array(3).fill({ name: 'tried', payload: '{"a":1}', requestId }));
    expect(givenUp).toEqual([`tried ${requestId} {"errorType":"Error"}`]);
  });

  it('ends with its first success', async () => {
    const { queue, invoked, givenUp, settled } = queueOf(['fails', 'works']);
    await queue.accept('tried', '{}');
    await settled();
    expect({ attempts: invoked.length, givenUp }).toEqual({ attempts: 2, givenUp: [] });
  });

  it('that comes after the queue was stopped waits on disk for the next process', async () => {
    const { queue, invoked } = queueOf([]);
    await queue.stop();
    const requestId = await queue.accept('tried', '{}');
    expect([invoked, readdirSync(dir)]).toEqual([[], [`${requestId}.json`]]);

    const next = queueOf([]);
    await next.queue.resume();
    await next.settled();
    expect(next.invoked).toEqual([{ name: 'tried', payload: '{}', requestId }]);
  });

  it('is tried as often as its function says', async () => {
    const { queue, invoked, givenUp, settled } = queueOf(['fails', 'fails'], { maximumRetryAttempts: 0 });
    await queue.accept('tried', '{}');
    await settled();
    expect({ attempts: invoked.length, givenUp: givenUp.length }).toEqual({ attempts: 1, givenUp: 1 });
  });

  it('that is throttled waits for its turn and loses no attempt, until it is too old', async () => {
    const patient = queueOf(['throttled', 'works'], { maximumRetryAttempts: 0 });
    await patient.queue.accept('tried', '{}');
    await patient.settled();
    expect({ attempts: patient.invoked.length, givenUp: patient.givenUp }).toEqual({ attempts: 2, givenUp: [] });

    const short = queueOf(['throttled', 'throttled'], { maximumEventAgeSeconds: 0 });
    const requestId = await short.queue.accept('tried', '{}');
    await short.settled();
    expect(short.givenUp).toEqual([`tried ${requestId} Rate Exceeded. (and the event is too old)`]);
  });

  it('goes on after a restart, under the same request id', async () => {
    const first = queueOf(['throttled']);
    const requestId = await first.queue.accept('tried', '{"a":1}');
    await until(() => first.invoked.length === 1);
    await first.queue.stop();

    const second = queueOf([]);
    await second.queue.resume();
    await second.settled();
    expect(second.invoked).toEqual([{ name: 'tried', payload: '{"a":1}', requestId }]);
  });
});
