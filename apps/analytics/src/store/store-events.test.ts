import { aClickstreamEvent } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { StillBusyError, type Store, storeEvents } from './store-events.ts';
import type { Outcome, Transact } from './transact.ts';

const arrivedAtMs = Date.UTC(2026, 10, 21, 10);
const arrived = (eventId: string, fields: Parameters<typeof aClickstreamEvent>[1] = {}) => ({
  event: aClickstreamEvent('click', { eventId, ...fields }),
  arrivedAtMs,
});
const idsOf = (items: Parameters<Transact>[0]): (string | undefined)[] => items.map(({ eventId }) => eventId?.S);

/** Answers calls one after another, and keeps what they held; the last answer stands for all that follow. */
const answering = (...outcomes: Outcome[]) => {
  const calls: (string | undefined)[][] = [];
  const transact: Transact = async (items) => {
    calls.push(idsOf(items));
    return (outcomes.length > 1 ? outcomes.shift() : outcomes[0]) as Outcome;
  };
  const patience: Store = { transact, backoff: () => 0, wait: async () => undefined, random: () => 0 };
  return { calls, patience };
};
const busy: Outcome = { kind: 'busy', cause: new Error('others are at it') };

describe('storeEvents', () => {
  it('stores the first of two copies in a batch, once', async () => {
    const { calls, patience } = answering({ kind: 'done' });
    const first = arrived('a', { userId: 'first' });
    const { fresh } = await storeEvents([first, arrived('a', { userId: 'second' })], patience);
    expect(calls).toEqual([['a']]);
    expect(fresh.map(({ event }) => event)).toEqual([first.event]);
  });

  it('leaves out what is there, and stores its neighbours', async () => {
    const { calls, patience } = answering({ kind: 'there', places: [1] }, { kind: 'done' });
    const { fresh } = await storeEvents(
      ['a', 'b', 'c'].map((id) => arrived(id)),
      patience,
    );
    expect(calls).toEqual([
      ['a', 'b', 'c'],
      ['a', 'c'],
    ]);
    expect(fresh.map(({ event }) => event.eventId)).toEqual(['a', 'c']);
  });

  it('tries again what others are in the way of, until time is up; then the batch comes again', async () => {
    const { calls, patience } = answering(busy, busy, { kind: 'done' });
    expect((await storeEvents([arrived('a')], patience)).busy).toBe(2);
    expect(calls).toHaveLength(3);

    const late = { ...answering(busy).patience, backoff: () => undefined };
    await expect(storeEvents([arrived('a')], late)).rejects.toThrow(StillBusyError);
  });

  it('throws what DynamoDB refuses for good, so that the batch comes again', async () => {
    const transact: Transact = () => Promise.reject(new Error('denied'));
    await expect(storeEvents([arrived('a')], { ...answering(busy).patience, transact })).rejects.toThrow('denied');
  });
});
