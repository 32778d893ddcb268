import type { SourceRecord } from '@acme/lambda-kit';
import { aClickstreamEvent } from '@acme/telemetry-schema/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLake, aRecord } from './a-lake.fixture.ts';
import { type Results, results } from './a-results.fixture.ts';
import { audit } from './audit.ts';
import { withLocalTables } from './local-tables.ts';
import { type Sink, sinks as all } from './sinks.ts';
import type { Window } from './window.ts';

const sinks = all.filter(({ consumer }) => consumer === 'analytics');
const hourMs = 3_600_000;
/** Not in the first minutes of an hour, so that all of it is of one. */
const arrivedAtMs = Math.floor(Date.now() / hourMs) * hourMs + 120_000;
const at = (secondsBefore: number): string => new Date(arrivedAtMs - secondsBefore * 1000).toISOString();
const hour = `hour#${at(90).slice(0, 13)}`;

const events = [
  aClickstreamEvent('page_view', { eventId: 'a', timestamp: at(90), pageUrl: '/home?x=1', loadTime: 12.5 }),
  aClickstreamEvent('purchase', { eventId: 'b', timestamp: at(90), amount: 1.005, currency: 'USD' }),
  aClickstreamEvent('purchase', { eventId: 'c', timestamp: at(60), amount: 5, currency: 'QQQ' }),
  aClickstreamEvent('click', { eventId: 'd', timestamp: at(1), pageUrl: '/home' }),
  aClickstreamEvent('add_to_cart', { eventId: 'e', timestamp: at(1), amount: 3, currency: 'EUR' }),
] as const;
const record: SourceRecord = {
  ...aRecord(0, ['a', 'b', 'c', '!bad', 'd', 'e'], arrivedAtMs),
  position: { ...aRecord(0, []).position, source: 'real-time-analytics-stream' },
};

describe('an audit of a table', () => {
  let lake: ReturnType<typeof aLake>;
  let tables: Results;
  beforeEach(async () => {
    lake = aLake();
    lake.see([record]);
    await lake.take([record], { sink: sinks[0] as Sink });
    tables = await results(lake.objects.dir);
    await tables.store(events, arrivedAtMs);
    await tables.store(events, arrivedAtMs);
  });
  afterEach(() => lake.close());

  /** The platform has stopped by then. */
  const audited = async (window?: Window) => {
    await tables.close();
    return withLocalTables(lake.objects.dir, (there) => audit({ objects: lake.objects, tables: there }, sinks, window));
  };

  it('finds each good event in it once, and the aggregates to be the sums of its items', async () => {
    const { isRight, findings, hours } = await audited();
    expect({ isRight, findings }).toEqual({ isRight: true, findings: [] });
    expect(hours.at(-1)?.sinks).toEqual({
      analytics: { in: 6, good: 5, bad: 1, aside: 1, distinct: 5, landed: 5, repeated: 0 },
    });
  });

  it('names what is missing, and the counters that then are no sums', async () => {
    await tables.remove(events[3]);
    const { findings } = await audited();
    expect(findings.map(({ what, names }) => [what, names])).toEqual([
      ['good events that did not land', ['d']],
      [
        'counters in its aggregates that are not the sum of its items',
        expect.arrayContaining([`${hour} all events: 5, and its items come to 4`]),
      ],
    ]);
  });

  it('takes events that share an id and not their time for two, and says so', async () => {
    await tables.store([{ ...events[1], timestamp: at(80) }], arrivedAtMs);
    const { isRight, notes } = await audited();
    expect({ isRight, notes }).toEqual({
      isRight: true,
      notes: [
        {
          where: 'analytics',
          what: 'conflicting ids: events that share an id and differ in their time',
          count: 1,
          names: [`b ${at(90)}`, `b ${at(80)}`],
        },
      ],
    });
  });

  it('tells which counter is off, and by how much', async () => {
    await tables.spoil(hour, 'revenue#USD', 1);
    const { findings } = await audited();
    expect(findings).toEqual([
      {
        where: 'analytics',
        what: 'counters in its aggregates that are not the sum of its items',
        count: 1,
        names: [`${hour} all revenue#USD: 102, and its items come to 101`],
      },
    ]);
  });

  it('doubts how the function rounds: half a unit counts as one, as it is written', async () => {
    await tables.store([{ ...events[1], eventId: 'f', amount: 8.345 }], arrivedAtMs);
    await tables.spoil(hour, 'revenue#USD', -1);
    const { findings } = await audited();
    expect(findings.flatMap(({ names }) => names)).toContain(`${hour} all revenue#USD: 935, and its items come to 936`);
  });

  it('asks for the events of a window by their ids', async () => {
    await tables.remove(events[0]);
    const { findings } = await audited({ fromMs: arrivedAtMs - 1, toMs: arrivedAtMs + 1 });
    expect(findings.map(({ what, names }) => [what, names])).toEqual([['good events that did not land', ['a']]]);
  });

  it('misses all of them where there is no table', async () => {
    await tables.close();
    const { findings } = await audit(lake.stores, sinks);
    expect(findings).toMatchObject([{ what: 'good events that did not land', count: 5 }]);
  });
});
