import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Drift } from '../../../../apps/analytics/src/rebuild/counters.ts';
import { type RebuiltHour, rebuild } from '../../../../apps/analytics/src/rebuild/rebuild.ts';
import type { Arrived } from '../../../../apps/analytics/src/sort-out.ts';
import { storeEvents } from '../../../../apps/analytics/src/store/store-events.ts';
import { findingLines, type Findings } from '@acme/lambda-kit/rows';
import { badObjects } from '../sql-shell/bad-objects.fixture.ts';
import { aClickstreamLake } from './a-clickstream-lake.fixture.ts';
import { answerKey } from './answer-key.fixture.ts';
import { arrivedAtMs, someEvents } from './some-events.fixture.ts';
import { names, someTables, type SomeTables } from './some-tables.fixture.ts';

const hourMs = 3_600_000;
/** The events are of both sides of ten o'clock, and all arrived after ten. */
const arrival = '2026-11-21T10';
const hours = { from: '2026-11-20T22', to: '2026-11-21T11' };
const afterwards = arrivedAtMs + 4 * hourMs;
const noTime = gzipSync('{"event_id":"t","event_type":"click","event_timestamp":"2026-11-21T09:99"}\n');
const total = { window: 'hour#2026-11-21T09', subject: 'all', counter: 'events' };

describe('a rebuild', () => {
  const events = someEvents(600).filter(({ event }) => event.timestamp > hours.from);
  const most = events.slice(0, -10);
  let tables: SomeTables;
  let lake: Awaited<ReturnType<typeof aClickstreamLake>>;
  beforeEach(async () => {
    [tables, lake] = [await someTables(), await aClickstreamLake()];
  });
  afterEach(() => Promise.all([tables.close(), lake.close()]));

  const patience = { backoff: () => 1, wait };
  const store = (some: readonly Arrived[]) =>
    storeEvents(some, { ...patience, transact: tables.transact, random: Math.random });
  const land = (some: readonly Arrived[], hour = arrival) =>
    lake.land(
      hour,
      some.map(({ event }) => event),
    );
  const rebuilt = async (given: Partial<Parameters<typeof rebuild>[0]> = {}) => {
    const all: RebuiltHour[] = [];
    const asked = { repairs: false, nowMs: afterwards, ...given };
    const aggregates = { client: tables.client, table: names.aggregates, ...patience };
    for await (const hour of rebuild({ athena: lake.athena, raw: lake.raw, aggregates, hours, ...asked }))
      all.push(hour);
    return all;
  };
  const driftOf = (all: readonly RebuiltHour[]) => all.flatMap(({ drift }) => drift);
  /** Somebody spoils a counter, in one of its pieces. */
  const spoil = (shard: string, by: number) =>
    tables.client.send(
      new UpdateItemCommand({
        TableName: names.aggregates,
        Key: { window: { S: `${total.window}#${shard}` }, subject: { S: total.subject } },
        UpdateExpression: 'ADD events :by',
        ExpressionAttributeValues: { ':by': { N: String(by) } },
      }),
    );

  it('finds no drift, and each hour with its events, where both have the same; repetitions count once', async () => {
    await store(events);
    await land(events);
    await land([...events.slice(0, 200)].reverse(), '2026-11-21T11');
    const all = await rebuilt();
    expect(driftOf(all)).toEqual([]);
    expect(all).toHaveLength(13);
    const perHour = Map.groupBy(events, ({ event }) => event.timestamp.slice(0, 13));
    expect(all.map(({ hour, events: sum }) => [hour, sum])).toEqual(
      all.map(({ hour }) => [hour, perHour.get(hour)?.length ?? 0]),
    );
  });

  it('takes the event that arrived first of two with one id and time, however that is spelled', async () => {
    const [{ event }] = events as [Arrived];
    const again = {
      ...event,
      timestamp: event.timestamp.replace(/\.\d{3}Z$/, (ms) => ms.replace('Z', '0Z')),
      userId: 'x',
    };
    const other = { ...again, deviceType: 'tablet' } as const;
    await store([{ event, arrivedAtMs }]);
    await lake.land('2026-11-21T11', [other]);
    await lake.land('2026-11-21T10', [event, again]);
    expect(driftOf(await rebuilt())).toEqual([]);
  });

  it('tells of each counter what is held, what the lake says, and repairs it', async () => {
    await store(most);
    await land(events);
    await spoil('07', 1_000);
    const all = await rebuilt();
    const found = Object.fromEntries(
      driftOf(all).map(({ window, subject, counter, held, lake: sum }) => [
        `${window} ${subject} ${counter}`,
        [held, sum],
      ]),
    );
    const key = answerKey(events);
    expect(found[`${total.window} all events`]).toEqual([
      BigInt(answerKey(most)[`${total.window} all events`] as string) + 1_000n,
      BigInt(key[`${total.window} all events`] as string),
    ]);

    const repaired = await rebuilt({ repairs: true });
    expect(repaired.reduce((sum, each) => sum + each.repaired, 0)).toBe(driftOf(all).length);
    expect(await tables.totals()).toEqual(key);
    expect(driftOf(await rebuilt({ repairs: true }))).toEqual([]);
  });

  it('goes on without what cannot be read, names it, and repairs nothing meanwhile', async () => {
    await store(events);
    await land(events);
    await spoil('03', 5);
    const bad = [
      ...badObjects.map(({ what, content, findings }) => ({ what, findings, bytes: content('clickstream_events') })),
      { what: 'no time', findings: [' line 1: event_timestamp is no instant in UTC'], bytes: noTime },
    ];
    const named = async () => {
      let lines: string[] = [];
      const onUnreadable = (findings: Findings): void => void (lines = findingLines(findings));
      const all = await rebuilt({ repairs: true, onUnreadable });
      return { lines, drift: driftOf(all), repaired: all.reduce((sum, each) => sum + each.repaired, 0) };
    };
    const expected: string[] = [];
    for (const isBroken of [false, true]) {
      for (const { what, findings, bytes } of bad.filter((each) => each.findings[0]?.startsWith(':') === isBroken)) {
        const url = await lake.put(arrival, `bad-${what.replaceAll(/\W/g, '-')}`, bytes);
        expected.push(...findings.map((finding) => url + finding));
      }
      // Two events more lie beside what cannot be read, the same in every object.
      const { lines, drift, repaired } = await named();
      expect([lines.sort(), repaired]).toEqual([expected.sort(), 0]);
      const ofTotal = drift.find(
        ({ window, subject, counter }) => `${window} ${subject} ${counter}` === `${total.window} all events`,
      );
      expect(ofTotal && ofTotal.lake - ofTotal.held).toBe(2n - 5n);
    }
  });

  it('leaves alone what still gets events', async () => {
    await store(events);
    await land(events);
    await spoil('03', 5);
    const [drift, ...others] = (await rebuilt({ repairs: true, nowMs: arrivedAtMs + hourMs })).filter(
      (hour) => hour.drift.length > 0,
    );
    expect(others).toEqual([]);
    expect(drift).toMatchObject({ hour: '2026-11-21T09', isOpen: true, repaired: 0, drift: [total] });
    expect(driftOf(await rebuilt())).toEqual(drift?.drift);
  });

  it('leaves alone what is counted between its look and its transaction', async () => {
    await store(events);
    await land(events);
    await spoil('03', 5);
    const [before] = driftOf(await rebuilt()) as [Drift];
    const name = 'counts meanwhile';
    tables.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName === 'TransactWriteItemsCommand') await spoil('11', 1);
          return next(args);
        },
      { step: 'initialize', name },
    );
    const all = await rebuilt({ repairs: true });
    tables.client.middlewareStack.remove(name);
    expect(all.reduce((sum, { repaired }) => sum + repaired, 0)).toBe(0);
    expect(driftOf(await rebuilt())).toEqual([{ ...before, held: before.held + 1n }]);
  });

  it('does not look at minutes whose counters may have expired', async () => {
    await land(events);
    const windows = driftOf(await rebuilt({ nowMs: arrivedAtMs + 31 * 24 * hourMs })).map(({ window }) => window);
    expect([...new Set(windows.map((window) => window.split('#')[0]))]).toEqual(['hour']);
  });
});
