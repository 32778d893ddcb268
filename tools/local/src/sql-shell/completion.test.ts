import { describe, expect, it } from '@jest/globals';
import { complete } from './completion.ts';

const table = (name: string, ...columns: readonly string[]) => ({
  name,
  description: '',
  columns: columns.map((column) => ({ name: column, type: 'string', comment: '', isPartitionKey: false })),
});
const vocabulary = {
  tables: [
    table('customers', 'customer_id', 'country'),
    table('telemetry', 'event_id', 'customer_id', 'title_id', 'date'),
    table('titles', 'title_id', 'title_name'),
  ],
  namedQueries: ['top-titles', 'daily-viewing'],
};

describe('complete', () => {
  it.each([
    ['SEL', ['SELECT'], 'SEL'],
    ['sel', ['select'], 'sel'],
    ['SELECT * FROM t', ['telemetry', 'titles'], 't'],
    ['SELECT * FROM ', ['customers', 'telemetry', 'titles'], ''],
    ['SELECT * FROM acme_telemetry.t', ['telemetry', 'titles'], 't'],
    ['SELECT cou', ['country', 'count('], 'cou'],
    [
      'SELECT * FROM customers WHERE c',
      ['customer_id', 'country', 'customers', 'cross join', 'case', 'count(', 'coalesce(', 'cast(', 'concat('],
      'c',
    ],
    ['SELECT * FROM customers WHERE ', ['customer_id', 'country'], ''],
    ['SELECT * FROM telemetry e JOIN titles AS t ON e.tit', ['title_id'], 'tit'],
    ['SELECT * FROM telemetry e\nJOIN titles AS t ON t.', ['title_id', 'title_name'], ''],
    ['SELECT * FROM telemetry WHERE titles.', ['title_id', 'title_name'], ''],
    ["SELECT 'FROM t", [], ''],
    ['SELECT 1 -- FROM t', [], ''],
    ["SELECT 'it''s' FROM tit", ['titles'], 'tit'],
    ['\\', ['\\d', '\\n', '\\?', '\\q'], '\\'],
    ['\\d te', ['telemetry'], 'te'],
    ['\\n ', ['top-titles', 'daily-viewing'], ''],
    ['\\q x', [], 'x'],
    ['SELECT nothing_like_it', [], 'nothing_like_it'],
  ])('%p goes on as %p', (text, candidates, word) => {
    expect(complete(text, vocabulary)).toEqual([candidates, word]);
  });

  it('knows the tables that the line names behind the cursor', () => {
    expect(complete('SELECT ', vocabulary, ' FROM titles')).toEqual([['title_id', 'title_name'], '']);
  });
});
