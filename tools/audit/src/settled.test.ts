import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLake, aRecord, noon } from './a-lake.fixture.ts';
import { settled } from './settled.ts';
import { type Sink, sinks } from './sinks.ts';

let lake: ReturnType<typeof aLake>;
beforeEach(() => {
  lake = aLake();
});
afterEach(() => lake.close());

const both = sinks.filter(({ stream }) => stream === 'telemetry-stream');
const [loader, enricher] = both as [Sink, Sink];
const minute = 60_000;
/** Records a minute apart from noon on. */
const [first, second, third] = [0, 1, 2].map((at) => aRecord(at, [`event-${at}`], noon + at * minute)) as [
  ReturnType<typeof aRecord>,
  ReturnType<typeof aRecord>,
  ReturnType<typeof aRecord>,
];
const until = (nowMs = noon + 60 * minute) => settled(lake.objects, both, nowMs);

describe('where every consumer has been', () => {
  it('is a minute ago when nothing is left to take', async () => {
    lake.see([first, second]);
    for (const sink of both) await lake.take([first, second], { sink });

    expect(await until()).toEqual({ toMs: noon + 59 * minute, behind: undefined, later: 0 });
    // What was taken less than a minute ago may not have landed.
    expect(await until(noon + 90_000)).toEqual({ toMs: noon + 30_000, behind: undefined, later: 1 });
  });

  it('is before the first record that one of them has not got to, and names that one', async () => {
    lake.see([first, second, third]);
    await lake.take([first, second, third], { sink: loader });
    await lake.take([first], { sink: enricher });

    expect(await until()).toEqual({ toMs: noon + minute, behind: enricher.consumer, later: 2 });
  });

  it('is not before a record that a consumer has passed without taking it: that one is lost', async () => {
    lake.see([first, second, third]);
    await lake.take([first, second, third], { sink: loader });
    await lake.take([first], { sink: enricher });
    await lake.take([third], { sink: enricher });

    expect(await until()).toEqual({ toMs: noon + 59 * minute, behind: undefined, later: 0 });
  });

  it('looks at each shard by itself, and at the auditor like at a consumer', async () => {
    const elsewhere = aRecord(0, ['event-9'], noon + 5 * minute, 1);
    lake.see([first]);
    for (const sink of both) for (const record of [first, elsewhere]) await lake.take([record], { sink });
    await lake.call('request-1', [elsewhere], { startedAtMs: noon + 4 * minute });

    expect(await until()).toEqual({ toMs: noon + 4 * minute, behind: 'auditor', later: 1 });
  });

  it('is the start when a consumer has taken nothing', async () => {
    lake.see([first]);
    await lake.take([first], { sink: loader });

    expect(await until()).toEqual({ toMs: noon, behind: enricher.consumer, later: 1 });
  });
});
