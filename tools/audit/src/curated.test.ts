import { utimesSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLake, aRecord, eventDay, noon } from './a-lake.fixture.ts';
import { aTelemetry } from './a-telemetry.fixture.ts';
import { audit } from './audit.ts';
import type { Window } from './window.ts';
import { sinks as all } from './sinks.ts';

const sinks = all.filter(({ consumer }) => consumer === 'lake-loader');

const run = 'tables/telemetry/run-1/date=2026-01-31/part-0';
const seeded = 'tables/telemetry/date=2026-01-31/0.parquet';
let lake: ReturnType<typeof aLake>;
let telemetry: ReturnType<typeof aTelemetry>;
let rawKey: string;

/** Three events of an hour, compacted, and two of the batch data set on the same day. */
beforeEach(async () => {
  lake = aLake();
  telemetry = aTelemetry(lake.objects);
  const record = aRecord(0, ['a', 'b', 'c']);
  await lake.call('request-1', [record]);
  lake.see([record]);
  rawKey = (await lake.take([record])).rows;
  await telemetry.file(run, ['a', 'b', 'c']);
  await telemetry.file(seeded, ['seeded-1', 'seeded-2']);
  telemetry.list([run, seeded]);
  telemetry.compacted([rawKey]);
});
afterEach(() => lake.close());

const audited = (window?: Window, nowMs?: number) => audit(lake.stores, sinks, window, nowMs);
const off = async (window?: Window) =>
  (await audited(window)).findings.map(({ where, what, count, names }) => [`${where}: ${count} ${what}`, names]);

describe('the audit of telemetry', () => {
  it('finds every event of a compacted hour in it, beside those of the batch data set', async () => {
    const { isRight, hours } = await audited();

    expect(isRight).toBe(true);
    expect(hours.find(({ hour }) => hour === '2026-01-31T12')?.telemetry).toEqual({
      good: 3,
      there: 3,
      waiting: 0,
      before: 0,
    });
  });

  it('says of events that are not compacted yet that they wait, and finds nothing wrong with it', async () => {
    const later = aRecord(1, ['d', 'e']);
    await lake.call('request-2', [later]);
    lake.see([later]);
    await lake.take([later]);
    const { isRight, hours } = await audited();

    expect(isRight).toBe(true);
    expect(hours.at(-1)?.telemetry).toEqual({ good: 5, there: 3, waiting: 2, before: 0 });
  });

  it('names events that have waited for more than two hours since their hour was over and they had landed', async () => {
    telemetry.list([seeded]);
    telemetry.compacted([]);
    const landedMs = Date.parse('2026-01-31T18:30:00Z');
    utimesSync(lake.fileOf(rawKey), landedMs / 1000, landedMs / 1000);
    const hoursLater = (hours: number) => audited({}, landedMs + hours * 3_600_000 + 1);

    const early = await hoursLater(1);
    expect([early.isRight, early.hours.at(-1)?.telemetry]).toEqual([
      true,
      { good: 3, there: 0, waiting: 3, before: 0 },
    ]);
    expect((await hoursLater(2)).findings).toEqual([
      {
        where: 'telemetry',
        what: 'events that have waited for compaction for more than two hours',
        count: 3,
        names: ['a', 'b', 'c'],
      },
    ]);
  });

  it('says of events that happened before the table’s first day that they are too early, and which', async () => {
    telemetry.list([seeded]);
    telemetry.compacted([rawKey], '2026-02-01');
    const { isRight, hours, notes } = await audited();

    expect(isRight).toBe(true);
    expect(hours.at(-1)?.telemetry).toEqual({ good: 3, there: 0, waiting: 0, before: 3 });
    expect(notes).toEqual([
      {
        where: 'telemetry',
        what: "events that happened before the table's first day: streaming_events has them, for as long as it keeps them",
        count: 3,
        names: ['a', 'b', 'c'],
      },
    ]);
  });

  it('takes events that share an id and not their instant for two: both have to be there, each once', async () => {
    const again = aRecord(1, ['a', 'b']);
    await lake.call('request-2', [again]);
    lake.see([again]);
    const later = await lake.take([again], { happenedAt: `${eventDay}T11:59:00.500Z` });
    const same = await lake.take([again], { happenedAt: `${eventDay}T11:59:00.000Z` });
    telemetry.compacted([rawKey, later.rows, same.rows]);
    expect((await audited()).findings).toEqual([
      { where: 'telemetry', what: 'events of compacted objects that are not in it', count: 2, names: ['a', 'b'] },
    ]);

    const second = 'tables/telemetry/run-2/date=2026-01-31/part-0';
    await telemetry.file(second, ['a', 'b'], eventDay, 'T11:59:00.5Z');
    telemetry.list([run, second, seeded]);
    const { isRight, notes, hours } = await audited();
    expect(isRight).toBe(true);
    expect(hours.at(-1)?.telemetry).toEqual({ good: 5, there: 5, waiting: 0, before: 0 });
    expect(notes).toEqual([
      {
        where: 'lake-loader',
        what: 'conflicting ids: events that share an id and differ in their time',
        count: 2,
        names: ['a', 'b'].flatMap((id) => [`${id} 2026-01-31T11:59:00.000Z`, `${id} 2026-01-31T11:59:00.500Z`]),
      },
    ]);
  });

  it('names the events of a file that a manifest lists twice', async () => {
    telemetry.list([run, seeded, run]);
    expect(await off()).toEqual([['telemetry: 3 events that are in it more than once', ['a', 'b', 'c']]]);
  });

  it('names the events that two files hold', async () => {
    await telemetry.file('tables/telemetry/run-2/date=2026-01-31/part-0', ['c']);
    telemetry.list([run, seeded, 'tables/telemetry/run-2/date=2026-01-31/part-0']);
    expect(await off()).toEqual([['telemetry: 1 events that are in it more than once', ['c']]]);
  });

  it('names the events of a file that is in no manifest', async () => {
    telemetry.list([seeded]);
    expect(await off()).toEqual([['telemetry: 3 events of compacted objects that are not in it', ['a', 'b', 'c']]]);
  });

  it('names the file that a manifest lists and the bucket has not, and the events that were in it', async () => {
    telemetry.remove(run);
    expect(await off()).toEqual([
      ['telemetry: 1 files that a manifest lists and that are gone', [telemetry.url(run)]],
      ['telemetry: 3 events of compacted objects that are not in it', ['a', 'b', 'c']],
    ]);
  });

  it('names the events that another day’s manifest lists', async () => {
    telemetry.list([seeded]);
    telemetry.list([run], '2026-01-30');
    expect(await off()).toEqual([['telemetry: 3 events in the partition of another day', ['a', 'b', 'c']]]);
  });

  it('names the events that nobody sent', async () => {
    await telemetry.file('tables/telemetry/run-2/date=2026-01-31/part-0', ['smuggled']);
    telemetry.list([run, seeded, 'tables/telemetry/run-2/date=2026-01-31/part-0']);
    expect(await off()).toEqual([
      ['telemetry: 1 events in it from the stream that no ledger entry tells of', ['smuggled']],
    ]);
  });

  it('keeps to its window', async () => {
    telemetry.list([seeded]);
    expect(await off({ fromMs: noon + 1 })).toEqual([]);
    expect(await off({ toMs: noon + 1 })).toEqual([
      ['telemetry: 3 events of compacted objects that are not in it', ['a', 'b', 'c']],
    ]);
  });

  it('asks for the files that a copy of the bucket lacks', async () => {
    telemetry.remove(run);
    const asked: string[] = [];
    const bring = async (keys: readonly string[]): Promise<void> => {
      asked.push(...keys);
      await telemetry.file(run, ['a', 'b', 'c']);
    };

    expect((await audit({ ...lake.stores, objects: { ...lake.objects, bring } }, sinks)).isRight).toBe(true);
    expect(asked).toEqual([run]);
  });
});
