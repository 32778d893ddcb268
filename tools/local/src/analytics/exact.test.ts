import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Arrived } from '../../../../apps/analytics/src/sort-out.ts';
import { StillBusyError, storeEvents } from '../../../../apps/analytics/src/store/store-events.ts';
import type { Transact } from '../../../../apps/analytics/src/store/transact.ts';
import { answerKey } from './answer-key.fixture.ts';
import { arrivedAtMs, someEvents } from './some-events.fixture.ts';
import { someTables, type SomeTables } from './some-tables.fixture.ts';

/** The same at each run, from 0 up to 1. */
const drawn = (seed: number) => (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return seed / 2 ** 31;
};
const shuffled = <T>(values: readonly T[], random: () => number): T[] =>
  values
    .map((value) => ({ value, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ value }) => value);
const batches = <T>(values: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, at) => values.slice(at * size, (at + 1) * size));

describe('what analytics stores and counts', () => {
  let tables: SomeTables;
  beforeEach(async () => {
    tables = await someTables();
  });
  afterEach(() => tables.close());

  const store = (events: readonly Arrived[], transact: Transact = tables.transact, random = drawn(1)) =>
    storeEvents(events, { transact, backoff: (attempt) => (attempt > 50 ? undefined : attempt), wait, random });

  it('is an item per event and sums that equal the answer key', async () => {
    const events = someEvents(700);
    const { fresh, calls } = await store(events);
    expect(fresh).toHaveLength(700);
    expect(calls).toBeLessThan(25);
    expect(await tables.totals()).toEqual(answerKey(events));
    expect((await tables.results()).map(({ eventId }) => eventId?.S).sort()).toEqual(
      events.map(({ event }) => event.eventId).sort(),
    );
  });

  it('is the same when events come twice, shuffled, in other batches and at the same time', async () => {
    const events = someEvents(500);
    const random = drawn(7);
    const lanes = [events, shuffled(events, random), shuffled([...events, ...events], random)];
    const fresh = await Promise.all(
      lanes.map(async (lane, at) => {
        let sum = 0;
        for (const batch of batches(lane, 60 + at * 17))
          sum += (await store(batch, tables.transact, random)).fresh.length;
        return sum;
      }),
    );
    expect(fresh.reduce((sum, each) => sum + each, 0)).toBe(500);
    expect(await tables.totals()).toEqual(answerKey(events));
    expect(await tables.results()).toHaveLength(500);
  });

  it('is the same when batches are cut off before, between and after transactions, and come again', async () => {
    const events = someEvents(400);
    const random = drawn(3);
    const cutOff: Transact = async (...call) => {
      if (random() < 0.4) throw new Error('killed before');
      const outcome = await tables.transact(...call);
      if (random() < 0.4) throw new Error('killed after');
      return outcome;
    };
    let kills = 0;
    for (const batch of batches(events, 120)) {
      for (let done = false; !done;) {
        done = await store(batch, cutOff, random).then(
          () => true,
          ({ message }: Error) => {
            kills += message.startsWith('killed') ? 1 : 0;
            return false;
          },
        );
      }
    }
    expect(kills).toBeGreaterThan(0);
    expect(await tables.totals()).toEqual(answerKey(events));
  });

  it('is the same when the function is cut off before or after any call to DynamoDB', async () => {
    const events = someEvents(400);
    const random = drawn(5);
    tables.client.middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          const isWrite = /Write|Put|Update/.test(commandName);
          if (isWrite && random() < 0.3) throw new TypeError('killed before');
          const answer = await next(args);
          if (isWrite && random() < 0.3) throw new TypeError('killed after');
          return answer;
        },
      { step: 'initialize' },
    );
    let kills = 0;
    for (const batch of batches(events, 120)) {
      while (!(await store(batch, tables.transact, random).catch(() => undefined))) kills += 1;
    }
    expect(kills).toBeGreaterThan(0);
    expect(await tables.totals()).toEqual(answerKey(events));
  });

  it('has nothing of a transaction that could not be done: the batch comes again', async () => {
    const events = someEvents(5);
    const busy: Transact = async () => ({ kind: 'busy', cause: new Error('throttled') });
    const never = { transact: busy, backoff: () => undefined, wait, random: drawn(1) };
    await expect(storeEvents(events, never)).rejects.toThrow(StillBusyError);
    expect(await tables.totals()).toEqual({});
  });

  it('takes what would make DynamoDB refuse a transaction', async () => {
    const half = '\ud800';
    const [purchase, error, view, other] = someEvents(60).filter(
      ({ event: { eventType } }, index, all) => all.findIndex(({ event }) => event.eventType === eventType) === index,
    );
    const odd = [
      { ...view?.event, eventId: 'odd-1', loadTime: 5e-324, pageUrl: `/${half}a` },
      {
        ...view?.event,
        eventId: 'odd-2',
        eventType: 'error',
        errorType: half,
        errorMessage: half,
        pageUrl: '/\ufffda',
      },
      { ...purchase?.event, eventId: 'odd-3', eventType: 'purchase', amount: 1e-200, currency: 'USD', itemsCount: 3 },
      { ...error?.event, eventId: 'odd-4', eventType: 'click', elementId: half, pageUrl: '/'.repeat(2048) },
      { ...other?.event, eventId: 'odd-5', eventType: 'purchase', amount: 1e9, currency: 'UYW', itemsCount: 0 },
    ].map((event) => ({ event, arrivedAtMs }) as Arrived);
    expect((await store(odd)).fresh).toHaveLength(5);
    expect((await store(odd)).fresh).toHaveLength(0);
  });

  it('expires thirty days after its arrival', async () => {
    await store(someEvents(3));
    for (const { expiresAt } of await tables.results())
      expect(Number(expiresAt?.N) * 1000).toBe(arrivedAtMs + 30 * 24 * 3_600_000);
  });
});
