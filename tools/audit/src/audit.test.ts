import type { Batch } from '@acme/lambda-kit';
import { afterEach, describe, expect, it } from '@jest/globals';
import { aLake, aRecord, noon } from './a-lake.fixture.ts';
import { audit } from './audit.ts';
import { sinks as all } from './sinks.ts';

const sinks = all.filter(({ consumer }) => consumer === 'lake-loader');

const lakes: ReturnType<typeof aLake>[] = [];
afterEach(() => lakes.splice(0).forEach((lake) => lake.close()));

/** Six events of a producer's call, one of them bad to the loader, and three by others, one of them bad. */
const records = [
  aRecord(0, ['a', 'b', 'c']),
  aRecord(1, ['d', '!e']),
  aRecord(2, ['f']),
  aRecord(3, ['x', '!y', 'z'], noon + 3_600_000),
] as const;

const aWholeLake = async () => {
  const lake = aLake();
  lakes.push(lake);
  const receipt = await lake.call('request-1', records.slice(0, 3), { rejected: 2 });
  const seen = [lake.see([records[0], records[1]]), lake.see([records[2], records[3]])] as const;
  const taken = [await lake.take([records[0]]), await lake.take([records[1], records[2], records[3]])] as const;
  return { lake, receipt, seen, taken, audited: () => audit(lake.stores, sinks) };
};

describe('an audit', () => {
  it('finds that everything adds up, hour by hour', async () => {
    const { audited } = await aWholeLake();
    expect(await audited()).toEqual({
      isRight: true,
      findings: [],
      notes: [],
      hours: [
        {
          hour: '2026-01-31T11',
          producer: { in: 8, accepted: 6, rejected: 2, aside: 2, failed: 0, interrupted: 0 },
          stream: { records: 0, events: 0, byOthers: 0 },
          sinks: { 'lake-loader': { in: 0, good: 0, bad: 0, aside: 0, distinct: 0, landed: 0, repeated: 0 } },
          telemetry: { good: 0, there: 0, waiting: 0, before: 0 },
        },
        {
          hour: '2026-01-31T12',
          producer: { in: 0, accepted: 0, rejected: 0, aside: 0, failed: 0, interrupted: 0 },
          stream: { records: 3, events: 6, byOthers: 0 },
          sinks: { 'lake-loader': { in: 6, good: 5, bad: 1, aside: 1, distinct: 5, landed: 5, repeated: 0 } },
          telemetry: { good: 5, there: 0, waiting: 5, before: 0 },
        },
        {
          hour: '2026-01-31T13',
          producer: { in: 0, accepted: 0, rejected: 0, aside: 0, failed: 0, interrupted: 0 },
          stream: { records: 1, events: 3, byOthers: 3 },
          sinks: { 'lake-loader': { in: 3, good: 2, bad: 1, aside: 1, distinct: 2, landed: 2, repeated: 0 } },
          telemetry: { good: 2, there: 0, waiting: 2, before: 0 },
        },
      ],
    });
  });

  it('names the events whose rows are gone', async () => {
    const { lake, taken, audited } = await aWholeLake();
    lake.remove(taken[1].rows);
    expect((await audited()).findings).toEqual([
      { where: 'lake-loader', what: 'good events that did not land', count: 4, names: ['d', 'f', 'x', 'z'] },
    ]);
  });

  it('names the events of a record that the loader never read, by others by their position', async () => {
    const lake = aLake();
    lakes.push(lake);
    await lake.call('request-1', records.slice(0, 3));
    lake.see(records as unknown as Batch);
    await lake.take([records[0], records[2]]);
    expect((await audit(lake.stores, sinks)).findings).toEqual([
      {
        where: 'lake-loader',
        what: 'events on the stream that it never read',
        count: 5,
        names: ['!e', 'd', `shardId-000000000000 ${records[3].id}`],
      },
    ]);
  });

  it('names the records whose quarantine is gone', async () => {
    const { lake, taken, audited } = await aWholeLake();
    lake.remove(taken[1].aside);
    expect((await audited()).findings).toEqual([
      {
        where: 'lake-loader',
        what: 'bad events that are not in its quarantine',
        count: 2,
        names: [`shardId-000000000000 ${records[1].id}`, `shardId-000000000000 ${records[3].id}`],
      },
    ]);
  });

  it("names the producer's call whose quarantine is gone", async () => {
    const { lake, audited } = await aWholeLake();
    lake.remove('quarantine/producer/request-1.ndjson');
    expect((await audited()).findings).toEqual([
      { where: 'producer', what: 'rejected events that are not in quarantine', count: 2, names: ['request-1'] },
    ]);
  });

  it('names the accepted events that never reached the stream', async () => {
    const { lake, audited } = await aWholeLake();
    await lake.call('request-2', [aRecord(9, ['lost-1', 'lost-2'])]);
    expect((await audited()).findings).toEqual([
      {
        where: 'stream',
        what: 'accepted events that the auditor has not seen on the stream',
        count: 2,
        names: ['lost-1', 'lost-2'],
      },
    ]);
  });

  it('says what the auditor has not seen though a sink took it', async () => {
    const { lake, seen, audited } = await aWholeLake();
    lake.remove(seen[1]);
    expect((await audited()).findings.map(({ where, what, count }) => [where, what, count])).toEqual([
      ['stream', 'accepted events that the auditor has not seen on the stream', 1],
      ['lake-loader', 'events that it took from records which the auditor has not seen', 4],
    ]);
  });

  it('names what landed without being on record', async () => {
    const { lake, audited } = await aWholeLake();
    await lake.take([aRecord(10, ['smuggled'])], { diesBefore: 'ledger' });
    expect((await audited()).findings).toEqual([
      {
        where: 'lake-loader',
        what: 'events that landed though its ledger tells of none such',
        count: 1,
        names: ['smuggled'],
      },
    ]);
  });

  it('takes repeated rows for what they are in the raw zone, and names them where exactness is promised', async () => {
    const { lake, audited } = await aWholeLake();
    await lake.take([records[0]], { diesBefore: 'ledger' });
    const raw = await audited();
    expect(raw.isRight).toBe(true);
    expect(raw.hours[1]?.sinks['lake-loader']).toMatchObject({ landed: 5, repeated: 3 });
    const exact = await audit(lake.stores, [{ ...sinks[0]!, isExact: true }]);
    expect(exact.findings).toEqual([
      { where: 'lake-loader', what: 'events that landed more than once', count: 3, names: ['a', 'b', 'c'] },
    ]);
  });

  it('counts what a killed producer put onto the stream: without a receipt by others, without totals as cut off', async () => {
    const lake = aLake();
    lakes.push(lake);
    await lake.call('killed', [records[0]], { isCutOff: true });
    await lake.call('again', [records[1]]);
    const all = [records[0], records[1], records[2]] as const;
    lake.see(all);
    await lake.take(all);
    const { isRight, hours } = await audit(lake.stores, sinks);
    expect(isRight).toBe(true);
    expect(hours[0]?.producer).toMatchObject({ in: 5, accepted: 5, interrupted: 1 });
    expect(hours[1]?.stream).toEqual({ records: 3, events: 6, byOthers: 1 });
  });

  it('keeps to its window', async () => {
    const { lake, taken } = await aWholeLake();
    lake.remove(taken[0].rows);
    const late = await audit(lake.stores, sinks, { fromMs: noon + 3_600_000 });
    expect(late.isRight).toBe(true);
    expect(late.hours.map(({ hour }) => hour)).toEqual(['2026-01-31T13']);
    const early = await audit(lake.stores, sinks, { toMs: noon + 3_600_000 });
    expect(early.findings).toEqual([
      { where: 'lake-loader', what: 'good events that did not land', count: 3, names: ['a', 'b', 'c'] },
    ]);
  });

  it('tells a bounded number of names, and how many there are', async () => {
    const lake = aLake();
    lakes.push(lake);
    const many = aRecord(
      0,
      Array.from({ length: 500 }, (_, index) => `e-${String(index).padStart(3, '0')}`),
    );
    lake.see([many]);
    lake.remove((await lake.take([many])).rows);
    const [finding] = (await audit(lake.stores, sinks)).findings;
    expect(finding).toMatchObject({ count: 500 });
    expect(finding?.names).toHaveLength(20);
  });

  it('finds nothing in an empty bucket', async () => {
    const lake = aLake();
    lakes.push(lake);
    expect(await audit(lake.stores, sinks)).toEqual({ hours: [], findings: [], notes: [], isRight: true });
  });
});
