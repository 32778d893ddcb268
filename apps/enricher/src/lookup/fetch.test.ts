import { describe, expect, it } from '@jest/globals';
import type { BatchGet } from './batch-get.ts';
import { fetchItems, HeldBackError } from './fetch.ts';
import { customers, patiently, someItems, tablesOf, titles } from './some-lookups.fixture.ts';

const many = Array.from({ length: 250 }, (_, at) => ({ dimension: customers, key: `customer-${at}` }));

describe('fetchItems', () => {
  it('asks for at most a hundred keys at a time', async () => {
    const { get, calls } = tablesOf(someItems());
    const { items, calls: made } = await fetchItems(many, get, patiently);
    expect(calls.map((call) => call.length)).toEqual([100, 100, 50]);
    expect(made).toBe(3);
    expect(items.map(({ key }) => key)).toEqual(['customer-1']);
  });

  it('asks for nothing where nothing is wanted', async () => {
    const { get, calls } = tablesOf(someItems());
    expect(await fetchItems([], get, patiently)).toEqual({ items: [], calls: 0 });
    expect(calls).toEqual([]);
  });

  it('asks again only for what DynamoDB had no room for', async () => {
    const { get, calls } = tablesOf(someItems());
    const half: BatchGet = async (asked) => {
      const middle = Math.ceil(asked.length / 2);
      return { ...(await get(asked.slice(0, middle))), left: asked.slice(middle) };
    };
    const asked = [
      { dimension: customers, key: 'nobody' },
      { dimension: customers, key: 'customer-1' },
      { dimension: titles, key: 'title-1' },
    ];
    const { items } = await fetchItems(asked, half, patiently);
    expect(items.map(({ key }) => key)).toEqual(['customer-1', 'title-1']);
    expect(calls).toEqual([['customers nobody', 'customers customer-1'], ['titles title-1']]);
  });

  it('gives up when time is up, naming what was held back and no key', async () => {
    const throttled: BatchGet = async (asked) => ({ items: [], left: asked });
    const twice = { ...patiently, backoff: (attempt: number) => (attempt > 2 ? undefined : 0) };
    const failure = fetchItems(many.slice(0, 3), throttled, twice);
    await expect(failure).rejects.toThrow(HeldBackError);
    await expect(failure).rejects.toThrow('3 keys of customers could not be looked up before the deadline');
  });
});
