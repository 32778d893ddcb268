import { describe, expect, it } from '@jest/globals';
import { glueColumnsOf } from './glue-columns.ts';
import { parseRow } from './parsed.ts';
import { tables } from './tables.ts';
import type { TableName } from './tables.ts';
import { examples } from './testing/index.ts';

// As the reference systems list them: name and type, in their order.
const promised: Readonly<Record<TableName, readonly string[]>> = {
  customers: [
    'customer_id string',
    'email string',
    'subscription_tier string',
    'country string',
    'is_active boolean',
    'preferred_genres array<string>',
  ],
  titles: ['title_id string', 'title_name string', 'title_type string', 'genre string', 'duration_minutes int'],
  telemetry: [
    'event_id string',
    'customer_id string',
    'title_id string',
    'event_type string',
    'watch_duration_seconds int',
    'device_type string',
    'quality string',
  ],
  campaigns: [
    'campaign_id string',
    'advertiser_name string',
    'impressions bigint',
    'clicks bigint',
    'click_through_rate double',
  ],
  streaming_events: [
    'event_id string',
    'event_timestamp string',
    'event_type string',
    'customer_id string',
    'title_id string',
    'title_type string',
    'device_type string',
    'quality string',
    'watch_duration_seconds int',
    'completion_percentage double',
  ],
  clickstream_events: ['event_id string', 'event_timestamp string', 'event_type string', 'user_id string'],
  enriched_events: ['event_id string', 'event_timestamp string', 'event_type string', 'customer_id string'],
};

const names = Object.keys(tables) as TableName[];

describe.each(names)('the table %s', (name) => {
  const { schema, partitionKeys, description } = tables[name];

  it('starts with the columns of the reference, in that order and of those types', () => {
    const columns = glueColumnsOf(schema).map((column) => `${column.name} ${column.type}`);
    expect(columns.slice(0, promised[name].length)).toEqual(promised[name]);
  });

  it('keeps its partition keys out of its files, and says what it is', () => {
    const columns = new Set(glueColumnsOf(schema).map((column) => column.name));
    expect(partitionKeys.filter((key) => columns.has(key.name))).toEqual([]);
    expect(description).not.toBe('');
  });

  it.each(examples.rows[name])('takes only a row that keeps the rule: $rule', ({ good, bad, problems }) => {
    expect(parseRow(schema, good)).toEqual({ ok: true, value: good });
    expect(parseRow(schema, bad)).toEqual({ ok: false, problems });
  });
});

describe('the partitions', () => {
  it('are the day of the event for telemetry, and the hour of arrival for the raw events, family and hour of the event for enriched ones', () => {
    const keys = names.map((name) => [name, tables[name].partitionKeys.map(({ name: key, type }) => `${key} ${type}`)]);
    expect(Object.fromEntries(keys)).toEqual({
      customers: [],
      titles: [],
      telemetry: ['date string'],
      campaigns: [],
      streaming_events: ['year string', 'month string', 'day string', 'hour string'],
      clickstream_events: ['year string', 'month string', 'day string', 'hour string'],
      enriched_events: ['family string', 'year string', 'month string', 'day string', 'hour string'],
    });
  });

  it('belong to tables with examples for every field of their own', () => {
    for (const name of ['customers', 'titles', 'campaigns'] as const) {
      const shown = new Set(examples.rows[name].flatMap(({ problems }) => problems.map(({ field }) => field)));
      const fields = Object.keys(tables[name].schema.shape);
      expect(fields.filter((field) => ![...shown].some((path) => path.split('.')[0] === field))).toEqual([]);
    }
  });
});
