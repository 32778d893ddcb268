import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCursor } from './cursor.ts';
import { openTraffic, type Traffic, type TrafficOptions, type TrafficProgress } from './open-traffic.ts';
import { pace } from './pace.ts';

let dir: string;
const open: Traffic[] = [];
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'acme-traffic-'))));
afterEach(async () => {
  await Promise.all(open.splice(0).map((traffic) => traffic.stop()));
  rmSync(dir, { recursive: true, force: true });
});

interface Asked {
  readonly seed: number;
  readonly from: number;
  readonly count: number;
  readonly at: string;
  readonly dial?: Readonly<Record<string, number>>;
}
type Outcome = 'answer' | 'throw' | 'fail' | 'hold';

/** Traffic whose generator rejects one event of each range, or fails as told. */
const trafficOf = async (
  options: Partial<TrafficOptions> = {},
  outcome: (call: number) => Outcome = () => 'answer',
) => {
  const asked: Asked[] = [];
  const progress: TrafficProgress[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const invoke = async (payload: string) => {
    const order = JSON.parse(payload) as Asked;
    const act = outcome(asked.push(order));
    if (act === 'throw') throw new Error('Rate Exceeded.');
    if (act === 'hold') await held;
    if (act === 'fail') {
      const error = { errorType: 'ProducerFailedError', errorMessage: 'no' };
      return { requestId: '1', payload: JSON.stringify(error), functionError: 'Unhandled' as const };
    }
    const { count } = order;
    return { requestId: '1', payload: JSON.stringify({ generated: count, accepted: count - 1, rejected: 1 }) };
  };
  const traffic = await openTraffic({
    invoke,
    rate: 2000,
    seed: 7,
    cursorFile: join(dir, 'viewing.json'),
    everyMs: 10,
    onProgress: (each) => progress.push(each),
    ...options,
  });
  open.push(traffic);
  return { traffic, asked, progress, release };
};
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
};

describe('traffic', () => {
  it('asks for one range after the other and adds up what came of them', async () => {
    const { traffic, asked, progress } = await trafficOf();
    traffic.start();
    await until(() => asked.length >= 5);
    await traffic.stop();
    let next = 0;
    for (const { seed, from, count, at } of asked) {
      expect({ seed, from }).toEqual({ seed: 7, from: next });
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThanOrEqual(2000);
      expect(new Date(at).toISOString()).toBe(at);
      next += count;
    }
    const totals = {
      seed: 7,
      from: 0,
      count: next,
      generated: next,
      accepted: next - asked.length,
      rejected: asked.length,
    };
    expect(traffic.totals()).toEqual(totals);
    expect(progress.at(-1)?.totals).toEqual(totals);
    expect(progress.every(({ problem, ratePerSecond }) => problem === undefined && ratePerSecond > 0)).toBe(true);
    expect(traffic.unfinished()).toBeUndefined();
  });

  it('goes on after a restart where it was, each seed for itself', async () => {
    const first = await trafficOf();
    first.traffic.start();
    await until(() => first.asked.length >= 2);
    await first.traffic.stop();
    const { count } = first.traffic.totals();

    const other = await trafficOf({ seed: 8 });
    other.traffic.start();
    await until(() => other.asked.length >= 1);
    await other.traffic.stop();
    expect(other.asked[0]).toMatchObject({ seed: 8, from: 0 });

    const second = await trafficOf();
    expect(second.traffic.totals()).toEqual(first.traffic.totals());
    second.traffic.start();
    await until(() => second.asked.length >= 1);
    expect(second.asked[0]).toMatchObject({ seed: 7, from: count });
  });

  it.each(['throw', 'fail'] as const)('asks for the very same range again after a %s', async (failure) => {
    const { traffic, asked, progress } = await trafficOf({}, (call) => (call <= 2 ? failure : 'answer'));
    traffic.start();
    await until(() => asked.length >= 4);
    await traffic.stop();
    expect(asked[1]).toEqual(asked[0]);
    expect(asked[2]).toEqual(asked[0]);
    expect(asked[3]?.from).toBe(asked[0]?.count);
    const problem = failure === 'throw' ? 'Rate Exceeded.' : 'the generator failed: ProducerFailedError no';
    expect(progress.slice(0, 3).map((each) => each.problem)).toEqual([problem, problem, undefined]);
    expect(traffic.totals().count).toBe(asked.slice(2).reduce((sum, { count }) => sum + count, 0));
  });

  it('asks after a restart for the very range that was left without an answer', async () => {
    const killed = await trafficOf({}, () => 'hold');
    killed.traffic.start();
    await until(() => killed.asked.length === 1);

    const next = await trafficOf();
    expect(next.traffic.unfinished()).toMatchObject({ from: 0, count: killed.asked[0]?.count });
    next.traffic.start();
    await until(() => next.asked.length >= 2);
    await next.traffic.stop();
    expect(next.asked[0]).toEqual(killed.asked[0]);
    expect(next.asked[1]?.from).toBe(killed.asked[0]?.count);
    killed.release();
  });

  it('waits, when it stops, for the answer in flight', async () => {
    const { traffic, asked, release } = await trafficOf({}, () => 'hold');
    traffic.start();
    await until(() => asked.length === 1);
    const stopped = traffic.stop();
    release();
    await stopped;
    expect(asked).toHaveLength(1);
    expect(traffic.totals().count).toBe(asked[0]?.count);
  });

  it('stops while its generator keeps failing, and keeps the range', async () => {
    const { traffic, asked } = await trafficOf({}, () => 'throw');
    traffic.start();
    await until(() => asked.length >= 1);
    await traffic.stop();
    expect(traffic.totals().count).toBe(0);
    expect(traffic.unfinished()).toMatchObject({ from: 0, count: asked[0]?.count });
  });

  it('asks for nothing while it cannot keep where it stands, and then goes on, each event once', async () => {
    const { traffic, asked, progress } = await trafficOf();
    const file = join(dir, 'viewing.json');
    traffic.start();
    await until(() => asked.length >= 2);
    rmSync(file);
    mkdirSync(file); // what cannot be replaced by a file
    await until(() => progress.some(({ problem }) => problem?.startsWith('where it stands could not be kept: ')));
    const before = asked.length;
    rmdirSync(file);
    await until(() => asked.length > before + 2);
    await traffic.stop();
    const ends = asked.map(({ from, count }) => from + count);
    expect(asked.map(({ from }) => from)).toEqual([0, ...ends.slice(0, -1)]);
    const kept = await openCursor(file, 7);
    expect([kept.totals().count, kept.totals()]).toEqual([ends.at(-1), traffic.totals()]);
  });

  it('hands the dial of faults on, and refuses another one for the same events', async () => {
    const { traffic, asked } = await trafficOf({ dial: { late: 0.1 } });
    traffic.start();
    await until(() => asked.length > 1);
    await traffic.stop();
    expect(asked[0]).toMatchObject({ seed: 7, dial: { late: 0.1 } });
    await expect(trafficOf({ dial: { late: 0.2 } })).rejects.toThrow('made with another --dial');
    await expect(trafficOf({ dial: { late: 0.2 }, seed: 8 })).resolves.toBeDefined();
  });

  it('asks for the family that it is of', async () => {
    const { traffic, asked } = await trafficOf({ family: 'clickstream' });
    traffic.start();
    await until(() => asked.length > 0);
    await traffic.stop();
    expect(asked[0]).toMatchObject({ family: 'clickstream', seed: 7, from: 0 });
  });

  it('says which file is broken', async () => {
    writeFileSync(join(dir, 'viewing.json'), '{');
    await expect(trafficOf()).rejects.toThrow(/viewing\.json is damaged/);
  });
});

describe('the pace', () => {
  it('owes what the rate says, whole events only', () => {
    const steady = pace(10, 0);
    expect(steady.due(250)).toBe(2);
    steady.take(2);
    expect([steady.due(250), steady.due(300), steady.due(1000)]).toEqual([0, 1, 8]);
  });

  it('owes a second at most, however long it was kept waiting, and then goes on at its rate', () => {
    const steady = pace(1000, 0);
    expect(steady.due(60_000)).toBe(1000);
    steady.take(1000);
    expect(steady.due(60_000)).toBe(0);
    expect(steady.due(60_250)).toBe(250);
  });
});
