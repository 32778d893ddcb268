import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Dimension } from '../dimensions/index.ts';
import { lookingUp } from './look-up.ts';
import { customers, patiently, someItems, tablesOf, titles } from './some-lookups.fixture.ts';

const limits = { entries: 100, hitMs: 60_000, missMs: 10_000 };
const keys = (...some: readonly [Dimension, ...string[]][]) =>
  new Map(some.map(([dimension, ...of]) => [dimension, new Set(of)] as const));

describe('lookingUp', () => {
  let nowMs: number;
  const now = () => nowMs;
  beforeEach(() => {
    nowMs = 1_795_000_000_000;
  });

  it('asks for the keys of all dimensions in one call, and knows which were there', async () => {
    const { get, calls } = tablesOf(someItems());
    const { by, calls: made } = await lookingUp(
      get,
      limits,
      now,
    )(keys([customers, 'customer-1', 'nobody'], [titles, 'title-1']), patiently);
    expect(calls).toEqual([['customers customer-1', 'customers nobody', 'titles title-1']]);
    expect(made).toBe(1);
    expect([...(by.get(customers)?.known ?? [])]).toEqual([
      [
        'customer-1',
        {
          version: 3,
          columns: [
            ['customer_subscription_tier', 'basic'],
            ['customer_country', 'DE'],
            ['customer_is_active', true],
            ['customer_signup_date', '2024-02-29'],
          ],
          freshUntilMs: Infinity,
        },
      ],
    ]);
    expect(by.get(titles)).toMatchObject({ keys: 1, cached: 0 });
  });

  it('asks for nothing again while an answer is of use, a miss for less long, and never serves one past its time', async () => {
    const { get, calls } = tablesOf(someItems());
    const lookUp = lookingUp(get, limits, now);
    const both = keys([customers, 'customer-1', 'nobody']);
    await lookUp(both, patiently);

    nowMs += 9_999;
    expect((await lookUp(both, patiently)).by.get(customers)).toMatchObject({ keys: 2, cached: 2 });
    expect(calls.splice(0)).toHaveLength(1);

    nowMs += 2;
    expect((await lookUp(both, patiently)).by.get(customers)).toMatchObject({ keys: 2, cached: 1 });
    expect(calls.splice(0)).toEqual([['customers nobody']]);

    nowMs += 50_000;
    await lookUp(keys([customers, 'customer-1']), patiently);
    expect(calls).toEqual([['customers customer-1']]);
  });

  it('counts the age of an answer from when it was asked for', async () => {
    const { get, calls } = tablesOf(someItems());
    const slowly = lookingUp(
      async (asked) => {
        nowMs += 30_000;
        return get(asked);
      },
      limits,
      now,
    );
    await slowly(keys([customers, 'customer-1']), patiently);
    nowMs += 30_001;
    await slowly(keys([customers, 'customer-1']), patiently);
    expect(calls).toHaveLength(2);
  });

  it('shows a row that has been loaded anew once the answer is out of time', async () => {
    const items = someItems();
    const lookUp = lookingUp(tablesOf(items).get, limits, now);
    const country = async () => (await lookUp(keys([customers, 'customer-1']), patiently)).by.get(customers)?.known;
    await country();
    items.set('customers customer-1', { ...someItems().get('customers customer-1'), version: { N: '4' } });
    expect((await country())?.get('customer-1')?.version).toBe(3);
    nowMs += 60_001;
    expect((await country())?.get('customer-1')?.version).toBe(4);
  });

  it('keeps no more keys than it may, and asks for those it let go', async () => {
    const { get, calls } = tablesOf(someItems());
    const lookUp = lookingUp(get, { ...limits, entries: 2 }, now);
    const three = keys([customers, 'customer-1', 'user_1234', 'nobody']);
    expect((await lookUp(three, patiently)).by.get(customers)?.known.size).toBe(2);
    expect((await lookUp(three, patiently)).by.get(customers)?.known.size).toBe(2);
    expect(calls).toHaveLength(2);
  });

  it('takes a row that cannot be read for none, and its neighbours as they are', async () => {
    const items = someItems();
    items.set('customers customer-1', { lookupKey: { S: 'customer-1' }, country: { N: '7' } });
    const { by } = await lookingUp(
      tablesOf(items).get,
      limits,
      now,
    )(keys([customers, 'customer-1', 'user_1234']), patiently);
    expect([...(by.get(customers)?.known.keys() ?? [])]).toEqual(['user_1234']);
  });
});
