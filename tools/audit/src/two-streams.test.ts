import type { SourceRecord } from '@acme/lambda-kit';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLake, aRecord } from './a-lake.fixture.ts';
import { audit } from './audit.ts';
import { type ObjectSink, type Sink, sinks as all } from './sinks.ts';

const sinks = all.filter(({ consumer }) => consumer.endsWith('loader'));
const clicks = sinks.find(({ consumer }) => consumer === 'clickstream-loader') as Sink;
const viewed = aRecord(0, ['a', 'b']);
/** At the same shard and sequence number, of the other stream. */
const clicked: SourceRecord = {
  ...aRecord(0, ['c', '!d', 'e']),
  position: { ...aRecord(0, []).position, source: 'real-time-analytics-stream' },
};

let lake: ReturnType<typeof aLake>;
beforeEach(async () => {
  lake = aLake();
  await lake.call('request-1', [viewed]);
  await lake.call('request-2', [clicked]);
  lake.see([viewed]);
  lake.see([clicked]);
  await lake.take([viewed]);
});
afterEach(() => lake.close());

describe('an audit of two streams', () => {
  it('holds each sink against its own stream, and sums both up', async () => {
    await lake.take([clicked], { sink: clicks });
    const { isRight, findings, hours } = await audit(lake.stores, sinks);
    expect({ isRight, findings }).toEqual({ isRight: true, findings: [] });
    expect(hours.at(-1)).toMatchObject({
      stream: { records: 2, events: 5, byOthers: 0 },
      sinks: {
        'lake-loader': { in: 2, good: 2, bad: 0, landed: 2 },
        'clickstream-loader': { in: 3, good: 2, bad: 1, aside: 1, landed: 2 },
      },
      telemetry: { good: 2, waiting: 2 },
    });
  });

  it('misses what one of them never read', async () => {
    const { findings } = await audit(lake.stores, sinks);
    expect(findings).toEqual([
      {
        where: 'clickstream-loader',
        what: 'events on the stream that it never read',
        count: 3,
        names: ['!d', 'a', 'b', 'c', 'e'],
      },
    ]);
  });
});

describe('an audit of a sink whose folders are the hours of events', () => {
  it('finds what happened long before the window that it arrived in', async () => {
    const enricher = all.find(({ consumer }) => consumer === 'enricher') as ObjectSink;
    await lake.take([viewed], {
      sink: { ...enricher, prefix: `${enricher.prefix}year=2020/month=01/day=01/hour=00/` },
    });
    const { findings, hours } = await audit(lake.stores, [enricher], { fromMs: viewed.arrivedAtMs - 60_000 });
    expect(findings).toEqual([]);
    expect(hours.at(-1)?.sinks).toMatchObject({ enricher: { good: 2, landed: 2 } });
  });
});
