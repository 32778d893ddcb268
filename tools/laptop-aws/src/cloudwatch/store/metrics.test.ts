import { describe, expect, it } from '@jest/globals';
import { metric } from './metric.ts';
import { mostMetrics, openMetrics, retentionMs } from './metrics.ts';
import { statisticOf } from './statistic.ts';

const noon = Date.UTC(2026, 10, 21, 12);
const minute = 60_000;

const atNoon = () => {
  const clock = { ms: noon };
  const reported: string[] = [];
  return {
    clock,
    reported,
    metrics: openMetrics(
      () => clock.ms,
      (line) => reported.push(line),
    ),
  };
};

describe('metrics', () => {
  it('adds up the values of a minute, and minutes of a period', () => {
    const { metrics } = atNoon();
    const load = metric('Shop', 'Load', 'Page', '/');
    metrics.add(load, [1, 2, 3], { unit: 'Milliseconds' });
    metrics.add(load, [10], { unit: 'Milliseconds', atMs: noon + 59_999 });
    metrics.add(load, [100], { unit: 'Milliseconds', atMs: noon + minute });
    const [first, both] = [noon + minute, noon + 2 * minute].map((to) => metrics.find(load)?.over(noon, to));
    expect(first).toMatchObject({ count: 4, sum: 16, min: 1, max: 10 });
    expect(both).toMatchObject({ count: 5, sum: 116, min: 1, max: 100 });
    expect(metrics.find(load)?.unit).toBe('Milliseconds');
    expect(metrics.find(load)?.over(noon - minute, noon)).toBeUndefined();
  });

  it('knows a metric by its dimensions in any order, and only by all of them', () => {
    const { metrics } = atNoon();
    const [a, b] = [
      { Name: 'a', Value: '1' },
      { Name: 'b', Value: '2' },
    ];
    metrics.add({ namespace: 'Shop', name: 'Size', dimensions: [b, a] }, [1]);
    expect(metrics.find({ namespace: 'Shop', name: 'Size', dimensions: [a, b] })).toBeDefined();
    expect(metrics.find({ namespace: 'Shop', name: 'Size', dimensions: [a] })).toBeUndefined();
  });

  it('has exact percentiles of few values, and within two per cent of many', () => {
    const { metrics } = atNoon();
    const [few, many] = [metric('Shop', 'Few'), metric('Shop', 'Many')];
    metrics.add(few, [5, 1, 4, 2, 3]);
    metrics.add(
      many,
      Array.from({ length: 10_000 }, (_, index) => 100 + index / 100),
    );
    const of = (one: typeof few, statistic: string): number => {
      const summary = metrics.find(one)?.over(noon, noon + minute);
      return (summary && statisticOf(summary, statistic)) ?? NaN;
    };
    expect(['p0', 'p20', 'p50', 'p90', 'p100'].map((statistic) => of(few, statistic))).toEqual([1, 1, 3, 5, 5]);
    for (const [statistic, true_] of [
      ['p50', 150],
      ['p99', 199],
      ['p99.9', 199.9],
    ] as const)
      expect(Math.abs(of(many, statistic) / true_ - 1)).toBeLessThan(0.02);
  });

  it('has percentiles of several minutes, and takes a late value for one that is over', () => {
    const { metrics } = atNoon();
    const load = metric('Shop', 'Load');
    metrics.add(load, [1, 2, 3]);
    metrics.add(load, [7, 7, 7], { atMs: noon + minute });
    metrics.add(load, [4]);
    const of = (from: number, to: number, statistic: string) => {
      const summary = metrics.find(load)?.over(from, to);
      return summary && statisticOf(summary, statistic);
    };
    expect(['p25', 'p50', 'p100'].map((statistic) => of(noon, noon + minute, statistic))).toEqual([1, 2, 4]);
    expect(of(noon + minute, noon + 2 * minute, 'p50')).toBe(7);
    expect(['p50', 'p60'].map((statistic) => of(noon, noon + 2 * minute, statistic))).toEqual([4, 7]);
  });

  it('has no percentiles of sums, unless all their values were the same', () => {
    const { metrics } = atNoon();
    const [sums, same] = [metric('Shop', 'Sums'), metric('Shop', 'Same')];
    metrics.addSet(sums, { sampleCount: 3, sum: 6, minimum: 1, maximum: 3 });
    metrics.addSet(same, { sampleCount: 3, sum: 6, minimum: 2, maximum: 2 });
    const summaries = [sums, same].map((one) => metrics.find(one)?.over(noon, noon + minute));
    expect(summaries.map((summary) => summary?.sum)).toEqual([6, 6]);
    expect(summaries.map((summary) => summary && statisticOf(summary, 'p50'))).toEqual([undefined, 2]);
  });

  it('forgets minutes after six hours, and metrics that have none left', () => {
    const { metrics, clock } = atNoon();
    const [old, going] = [metric('Shop', 'Old'), metric('Shop', 'Going')];
    metrics.add(old, [1]);
    metrics.add(going, [1]);
    clock.ms = noon + retentionMs + 2 * minute;
    metrics.add(going, [2]);
    expect(metrics.list().map((series) => series.metric.name)).toEqual(['Going']);
    expect(metrics.find(going)?.over(noon, clock.ms + minute)).toMatchObject({ count: 1, sum: 2 });
  });

  it('counts and leaves out what is older than it keeps, or over two hours ahead', () => {
    const { metrics, reported } = atNoon();
    metrics.add(metric('Shop', 'Size'), [1], { atMs: noon - retentionMs - 1 });
    metrics.add(metric('Shop', 'Size'), [1], { atMs: noon + 2 * 60 * minute + 1 });
    expect(metrics.list()).toEqual([]);
    expect(metrics.leftOut()).toEqual({ outOfTime: 2, tooMany: 0 });
    expect(reported).toEqual([expect.stringContaining('a value of Shop Size is over six hours old')]);
  });

  it('says once that there is no room for more metrics, and goes on with those it has', () => {
    const { metrics, reported } = atNoon();
    for (let n = 0; n < mostMetrics + 2; n++) metrics.add(metric('Shop', 'Size', 'Customer', String(n)), [1]);
    metrics.add(metric('Shop', 'Size', 'Customer', '0'), [1]);
    expect(metrics.list()).toHaveLength(mostMetrics);
    expect(metrics.leftOut()).toEqual({ outOfTime: 0, tooMany: 2 });
    expect(metrics.find(metric('Shop', 'Size', 'Customer', '0'))?.over(noon, noon + minute)?.count).toBe(2);
    expect(reported).toEqual([expect.stringContaining('1000 metrics are kept')]);
  });
});
