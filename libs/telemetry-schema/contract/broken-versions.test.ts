import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { ClickstreamEvent } from '../src/clickstream-event.ts';
import { Customer } from '../src/customer.ts';
import { count, id, text } from '../src/fields.ts';
import { tables } from '../src/tables.ts';
import { TelemetryRow } from '../src/telemetry.ts';
import { ViewingEvent } from '../src/viewing-event.ts';
import { contractProblems } from './check.ts';
import type { Contract } from './contract.ts';
import { currentContracts, eventsContract, tableContract } from './contract.ts';
import { publish } from './publish.ts';
import { aWorkspace } from './workspace.fixture.ts';

const workspace = aWorkspace();
beforeAll(() => void publish(workspace.folder));
afterAll(() => workspace.remove());

/** What the check says of today's contracts with one replaced. */
const verdictOn = (...changed: readonly Contract[]): string[] =>
  contractProblems(
    workspace.folder,
    currentContracts().map((contract) => changed.find(({ name }) => name === contract.name) ?? contract),
  ).split('\n');

const viewing = (schema: z.ZodType, version?: string): Contract => eventsContract('viewing', schema, version);
const telemetry = (schema: z.ZodObject): Contract => tableContract('telemetry', { ...tables.telemetry, schema });
const customers = (schema: z.ZodObject): Contract => tableContract('customers', { ...tables.customers, schema });
const clickstream = (...types: readonly z.ZodObject[]): Contract =>
  eventsContract('clickstream', z.discriminatedUnion('eventType', types as [z.ZodObject]));

const one = 'One change breaks what telemetry-schema has published:';
const whole = 'Whole events or rows are also read by';
const keep = 'keep it, marked .meta({ deprecated: true }); what replaces it comes beside it as a new optional field';
const keepAllowed =
  'keep what was allowed, for events of earlier versions hold it; add an optional field with the narrower rule';

describe('a version of the schema', () => {
  it('is refused when it removes a field of an event', () => {
    expect(verdictOn(viewing(ViewingEvent.omit({ title_id: true })))).toEqual([
      one,
      '',
      'viewing.title_id is removed',
      '  named by   apps/lake (infra/queries.ts:5, queries/top.sql:1), apps/viewer (src/view.ts:3)',
      '  asked by   "Top titles"',
      '  held by    tables enriched_events, streaming_events, telemetry, titles, in files written since 0.1.0',
      `  instead    ${keep}`,
      '',
      `${whole} libs/kit.`,
    ]);
  });

  it('is refused when it removes a field that no source names: other teams may', () => {
    expect(verdictOn(viewing(ViewingEvent.omit({ session_id: true })))).toEqual([
      one,
      '',
      'viewing.session_id is removed',
      '  named by   no source of this repository; other teams install the package',
      '  held by    tables enriched_events, streaming_events, telemetry, in files written since 0.1.0',
      `  instead    ${keep}`,
      '',
      `${whole} apps/lake, apps/viewer, libs/kit.`,
    ]);
  });

  it('is refused when it retypes a column', () => {
    const retyped = Customer.extend({ preferred_genres: text(64).describe('The genre the customer prefers') });
    expect(verdictOn(customers(retyped))).toEqual([
      one,
      '',
      'customers.preferred_genres is of type string, was array, its column is string, was array<string>',
      '  named by   apps/lake (queries/top.sql:2)',
      '  held by    table customers, in files written since 0.1.0',
      '  instead    keep it as it was; add an optional field of the new type beside it, under a new name',
      '',
      `${whole} apps/viewer, libs/kit.`,
    ]);
  });

  it('is refused when a wider bound makes a column of another type, which files do not have', () => {
    const longer = TelemetryRow.extend({ watch_duration_seconds: count(0, 2 ** 40).describe('Seconds watched') });
    expect(verdictOn(telemetry(longer)).slice(2, 6)).toEqual([
      'telemetry.watch_duration_seconds takes at most 1099511627776, took at most 86400, its column is bigint, was int',
      '  named by   apps/lake (queries/top.sql:3)',
      '  held by    tables enriched_events, streaming_events, telemetry, in files written since 0.1.0',
      '  instead    keep the column as it was, for files hold it so; add a column of the new type after the last',
    ]);
  });

  it.each([
    [
      'an enum',
      ViewingEvent.extend({ quality: z.enum(['HD', 'UHD']) }),
      'viewing.quality takes SD, 4K no more, takes UHD too',
    ],
    [
      'an upper bound',
      ViewingEvent.extend({ watch_duration_seconds: count(0, 3600) }),
      'viewing.watch_duration_seconds takes at most 3600, took at most 86400',
    ],
    [
      'a lower bound',
      ViewingEvent.extend({ completion_percentage: z.number().min(1).max(100) }),
      'viewing.completion_percentage takes at least 1, took at least 0',
    ],
    [
      'a pattern',
      ViewingEvent.extend({ title_id: z.string().regex(/^c-\d+$/) }),
      String.raw`viewing.title_id has the pattern "^c-\\d+$", had "^[A-Za-z0-9._:-]{1,64}$"`,
    ],
    [
      'the characters of a pattern',
      ViewingEvent.extend({ title_id: z.string().regex(/^[A-Za-z0-9._:]{1,64}$/) }),
      String.raw`viewing.title_id has the pattern "^[A-Za-z0-9._:]{1,64}$", had "^[A-Za-z0-9._:-]{1,64}$"`,
    ],
    [
      'the length of a pattern',
      ViewingEvent.extend({ title_id: z.string().regex(/^[A-Za-z0-9._:-]{1,63}$/) }),
      String.raw`viewing.title_id has the pattern "^[A-Za-z0-9._:-]{1,63}$", had "^[A-Za-z0-9._:-]{1,64}$"`,
    ],
  ])('is refused when it narrows %s', (_, schema, sentence) => {
    const verdict = verdictOn(viewing(schema));
    expect([verdict[0], verdict[2]]).toEqual([one, sentence]);
    expect(verdict).toContain(`  instead    ${keepAllowed}`);
  });

  it('is refused when it narrows the items of a list', () => {
    const shorter = Customer.extend({ preferred_genres: z.array(text(32)).max(32).describe('Genres') });
    expect(verdictOn(customers(shorter))[2]).toBe(
      'customers.preferred_genres as an item takes at most 32 characters, took at most 64 characters',
    );
  });

  it.each([
    ['requires a new field', ViewingEvent.extend({ bitrate_kbps: count(0) }), 'bitrate_kbps is new and required'],
    ['requires an optional field', ViewingEvent.extend({ session_id: id() }), 'session_id is required, was optional'],
  ])('is refused when it %s', (_, schema, sentence) => {
    const verdict = verdictOn(viewing(schema));
    expect(verdict[2]).toBe(`viewing.${sentence}`);
    expect(verdict).toContain('  instead    make it .optional(): events of earlier versions do not carry it');
  });

  it('is refused when it moves a column, which alone is named', () => {
    const { quality, ...others } = TelemetryRow.shape;
    expect(verdictOn(telemetry(z.object({ quality, ...others })))).toEqual([
      one,
      '',
      'telemetry.quality its column moved from place 7 to 1',
      '  named by   apps/viewer (src/view.ts:3)',
      '  held by    tables enriched_events, streaming_events, telemetry, in files written since 0.1.0',
      '  instead    put it back: new columns come after the last',
      '',
      `${whole} apps/lake, libs/kit.`,
    ]);
  });

  it('is refused when it adds a column before published ones', () => {
    const early = z.object({ bitrate_kbps: count(0).optional().describe('Bit rate'), ...TelemetryRow.shape });
    expect(verdictOn(telemetry(early)).slice(2, 5)).toEqual([
      'telemetry.bitrate_kbps is new and optional, its column comes before published ones',
      '  named by   no source of this repository; other teams install the package',
      '  instead    put it back: new columns come after the last',
    ]);
  });

  it('is refused when it partitions a table otherwise', () => {
    const table = { schema: TelemetryRow, partitionKeys: tables.streaming_events.partitionKeys };
    expect(verdictOn(tableContract('telemetry', table)).slice(2, 7)).toEqual([
      'telemetry is partitioned by year string, month string, day string, hour string, was by date string',
      '  named by   apps/lake (infra/queries.ts:5, queries/top.sql:3)',
      '  asked by   "Top titles"',
      '  held by    table telemetry, in files of every age',
      '  instead    keep the partition keys: they are the paths of the objects that are there',
    ]);
  });

  it('is refused when it removes a field of one event type, or the type', () => {
    const [pageView, purchase, signup, click, error] = ClickstreamEvent.options;
    expect(verdictOn(clickstream(pageView, purchase.omit({ amount: true }), signup, click, error))).toEqual([
      '2 changes break what telemetry-schema has published:',
      '',
      'clickstream.add_to_cart is removed',
      '  named by   no source of this repository; other teams install the package',
      '  instead    keep it; what replaces it comes beside it under a new name',
      '',
      'clickstream.purchase.amount is removed',
      '  named by   apps/shop (src/a.ts:1, src/b.ts:1, src/c.ts:1 and 1 more)',
      '  held by    clickstream events written since 0.1.0',
      `  instead    ${keep}`,
      '',
      `${whole} apps/lake, apps/viewer, libs/kit.`,
    ]);
  });

  it('is refused when it removes a table, or lowers the version of events', () => {
    const contracts = currentContracts().filter(({ name }) => name !== 'campaigns');
    const text = contractProblems(workspace.folder, [viewing(ViewingEvent, '0'), ...contracts.slice(1)]);
    expect(text.split('\n').filter((line) => /^\S/.test(line))).toEqual([
      '2 changes break what telemetry-schema has published:',
      'campaigns is removed',
      'viewing is of schema version 0, was 1',
      `${whole} apps/lake, apps/viewer, libs/kit.`,
    ]);
  });
});
