import { describe, expect, it } from '@jest/globals';
import { dimensions, itemOf, lookupKey, parseItem } from './index.ts';

const [customers] = dimensions;
const customer = {
  key: 'cus-000001',
  version: 3,
  row: {
    customer_id: 'cus-000001',
    subscription_tier: 'basic',
    country: 'DE',
    is_active: true,
    signup_date: '2020-02-29',
  },
};

describe('an item of a lookup table', () => {
  it('holds key, version and each field of its row, and is read back as it was', () => {
    const item = itemOf(customer);
    expect(item).toEqual({
      lookupKey: { S: 'cus-000001' },
      version: { N: '3' },
      customer_id: { S: 'cus-000001' },
      subscription_tier: { S: 'basic' },
      country: { S: 'DE' },
      is_active: { BOOL: true },
      signup_date: { S: '2020-02-29' },
    });
    expect(parseItem(customers, item)).toEqual({ ok: true, value: customer });
    expect(lookupKey('cus-000001')).toEqual({ lookupKey: { S: 'cus-000001' } });
  });

  it('may say until when it is good, in seconds', () => {
    const item = itemOf({ ...customer, freshUntil: 1_795_000_000 });
    expect(item).toMatchObject({ freshUntil: { N: '1795000000' } });
    expect(parseItem(customers, item)).toEqual({ ok: true, value: { ...customer, freshUntil: 1_795_000_000 } });
    expect(parseItem(customers, { ...item, freshUntil: { S: 'soon' } }).ok).toBe(false);
  });

  it('leaves out what a row leaves out', () => {
    const home = { key: '/home', version: 1, row: { page_path: '/home', page_type: 'home', genre: undefined } };
    expect(itemOf(home)).toEqual({
      lookupKey: { S: '/home' },
      version: { N: '1' },
      page_path: { S: '/home' },
      page_type: { S: 'home' },
    });
  });

  it.each([
    ['another key than its row', { lookupKey: { S: 'cus-2' } }, ['lookupKey']],
    ['no version', { version: { N: '0' } }, ['version']],
    ['a field of the wrong kind', { is_active: { S: 'yes' } }, ['is_active']],
    ['a field that the dimension does not know', { email: { S: 'a@example.com' } }, ['(row)']],
  ])('is refused that has %s', (_, spoilt, fields) => {
    const parsed = parseItem(customers, { ...itemOf(customer), ...spoilt });
    expect(parsed.ok ? [] : parsed.problems.map(({ field }) => field)).toEqual(fields);
  });

  it('is refused, and not thrown over, when it holds a number that JavaScript cannot', () => {
    const parsed = parseItem(customers, { ...itemOf(customer), version: { N: '9'.repeat(38) } });
    expect(parsed.ok).toBe(false);
    expect(JSON.stringify(parsed)).not.toContain('999');
  });
});

describe('the columns that dimensions fill', () => {
  it('are of one dimension each', () => {
    const columns = dimensions.flatMap(({ columns }) => Object.keys(columns));
    expect(new Set(columns).size).toBe(columns.length);
  });
});
