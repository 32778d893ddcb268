import { recordsOf } from '@acme/lambda-kit';
import type { EventsFrame } from '@acme/live-frame';
import { aKafkaBatch, transports } from '@acme/lambda-kit/testing';
import { arrivedAtMs, aViewingEvent } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import type { Viewer } from '../connections.ts';
import type { Delivery } from './fan-out.ts';
import { livePush } from './push.ts';

const lines = (types: readonly ('start' | 'stop')[]) =>
  types.map((event_type) => JSON.stringify(aViewingEvent({ event_type })));

const aRoom = (viewers: Viewer[], deliveryTo: (connectionId: string) => Delivery = () => 'sent') => {
  const posts: (Pick<EventsFrame, 'total' | 'missed'> & { readonly to: string })[] = [];
  const removed: string[] = [];
  let nowMs = 0;
  const push = livePush({
    viewers: async () => viewers.filter(({ connectionId }) => !removed.includes(connectionId)),
    post: async (to, text) => {
      const { total, missed } = JSON.parse(text) as EventsFrame;
      posts.push({ to, total, missed });
      return deliveryTo(to);
    },
    remove: async (connectionId) => void removed.push(connectionId),
    now: () => nowMs,
  });
  return { push, posts, removed, wait: (ms: number) => void (nowMs += ms) };
};

describe.each(transports)('livePush on %s', (_, aBatch) => {
  const batch = (...types: readonly ('start' | 'stop')[]) => recordsOf(aBatch(lines(types), { arrivedAtMs }));

  it('sends one frame a batch to everybody, through their filters', async () => {
    const { push, posts } = aRoom([
      { connectionId: 'all', filter: {} },
      { connectionId: 'starts', filter: { event_type: ['start'] } },
      { connectionId: 'tablets', filter: { device_type: ['tablet'] } },
    ]);
    expect(await push(batch('start', 'stop', 'start'))).toMatchObject({ sent: 2, gone: 0, failed: 0 });
    expect(posts).toEqual([
      { to: 'all', total: 3, missed: 0 },
      { to: 'starts', total: 2, missed: 0 },
    ]);
  });

  it('forgets a client that has left', async () => {
    const { push, posts, removed } = aRoom([{ connectionId: 'left', filter: {} }], () => 'gone');
    expect(await push(batch('start'))).toMatchObject({ sent: 0, gone: 1, failed: 0 });
    await push(batch('start'));
    expect(removed).toEqual(['left']);
    expect(posts).toHaveLength(1);
  });

  it('leaves a client alone that takes nothing, and tells it later what it missed', async () => {
    let broken = true;
    const { push, posts, wait } = aRoom(
      [
        { connectionId: 'slow', filter: {} },
        { connectionId: 'well', filter: {} },
      ],
      (to) => (to === 'slow' && broken ? 'failed' : 'sent'),
    );
    expect(await push(batch('start', 'stop'))).toMatchObject({ sent: 1, gone: 0, failed: 1 });
    expect(await push(batch('start'))).toMatchObject({ sent: 1, gone: 0, failed: 0 });
    broken = false;
    wait(5_000);
    await push(batch('stop'));
    await push(batch('stop'));
    expect(posts.filter(({ to }) => to === 'slow')).toEqual([
      { to: 'slow', total: 2, missed: 0 },
      { to: 'slow', total: 1, missed: 3 },
      { to: 'slow', total: 1, missed: 0 },
    ]);
    expect(posts.filter(({ to }) => to === 'well')).toHaveLength(4);
  });

  it('does not send when the list of connections cannot be read, so that the batch comes again', async () => {
    const push = livePush({
      viewers: () => Promise.reject(new Error('throttled')),
      post: () => Promise.reject(new Error('must not be called')),
      remove: () => Promise.resolve(),
      now: () => 0,
    });
    await expect(push(batch('start'))).rejects.toThrow('throttled');
  });
});

describe('livePush of several partitions', () => {
  it('sends one frame for all, the newest event first, and says what it saw of each', async () => {
    const frames: EventsFrame[] = [];
    const push = livePush({
      viewers: async () => [{ connectionId: 'one', filter: {} }],
      post: async (_, text) => {
        frames.push(JSON.parse(text) as EventsFrame);
        return 'sent';
      },
      remove: async () => undefined,
      now: () => 0,
    });
    const late = aKafkaBatch(lines(['start']), { arrivedAtMs: arrivedAtMs + 2, partition: 0 });
    const early = aKafkaBatch(['junk', ...lines(['stop'])], { arrivedAtMs, partition: 1 });
    const { sent, looked } = await push(recordsOf({ ...late, records: { ...late.records, ...early.records } }));
    expect(sent).toBe(1);
    expect(frames).toMatchObject([
      {
        total: 2,
        invalid: 1,
        firstArrivalMs: arrivedAtMs,
        lastArrivalMs: arrivedAtMs + 2,
        sample: [{ event_type: 'start' }, { event_type: 'stop' }],
      },
    ]);
    expect(looked.map(({ batch, good, bad }) => [batch[0].position.shard, good, bad])).toEqual([
      ['acme-telemetry-stream-0', 1, 0],
      ['acme-telemetry-stream-1', 1, 1],
    ]);
  });
});
