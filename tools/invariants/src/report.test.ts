import { describe, expect, it } from '@jest/globals';
import { consumers } from './consumers.ts';
import { rightEvidence } from './evidence.fixture.ts';
import type { AtConsumer, Evidence } from './evidence.ts';
import type { Aside } from './lake.ts';
import { reportOf, violationsOf } from './report.ts';
import type { Schedule } from './schedule.ts';

const loader = 'lake-loader';
const placeOfViewing = 'acme-telemetry-stream shardId-000000000000';

/** The same, but for what lies at the loader's, or another's. */
const atLoader = (
  evidence: Evidence,
  change: (at: Evidence['atConsumer'][string]) => Partial<Evidence['atConsumer'][string]>,
  name = loader,
): Evidence => {
  const before = evidence.atConsumer[name] as Evidence['atConsumer'][string];
  return { ...evidence, atConsumer: { ...evidence.atConsumer, [name]: { ...before, ...change(before) } } };
};
const bothTimes = (change: (at: AtConsumer) => Partial<AtConsumer>) => (at: Evidence['atConsumer'][string]) => ({
  once: { ...at.once, ...change(at.once) },
  replayed: { ...at.replayed, ...change(at.replayed) },
});
const named = (object: string) => (line: Aside) => ({ ...line, object });

/** What is done to the evidence of a right run, and the promises that it then breaks, each with who broke it. */
const broken: readonly (readonly [string, Schedule['kind'], (evidence: Evidence) => Evidence, readonly string[]])[] = [
  [
    'an event that never lands',
    'faults',
    (right) =>
      atLoader(
        right,
        bothTimes(({ landed }) => ({ landed: landed.slice(1) })),
      ),
    ['1 lake-loader'],
  ],
  [
    'an event that never lands though the checkpoint had passed it at the crash',
    'crash',
    (right) => ({
      ...atLoader(
        right,
        bothTimes(({ landed }) => ({ landed: landed.slice(1) })),
      ),
      checkpoints: { [loader]: { [placeOfViewing]: '2' } },
    }),
    ['4 lake-loader'],
  ],
  [
    'a refused event that the producer has not put aside',
    'faults',
    (right) => {
      const once = right.byProducer.once.slice(1);
      return { ...right, byProducer: { once, replayed: once } };
    },
    ['1 producer'],
  ],
  [
    'a bad event that the loader has not put aside',
    'faults',
    (right) =>
      atLoader(
        right,
        bothTimes(({ aside }) => ({ aside: aside.slice(1) })),
      ),
    ['1 lake-loader'],
  ],
  [
    'a good line in quarantine',
    'faults',
    (right) => {
      const text = right.streams.viewing.records[0]?.lines[0] ?? '';
      const add = ({ aside }: AtConsumer) => ({ aside: [...aside, { ...(aside[0] as Aside), sequence: '1', text }] });
      return atLoader(right, bothTimes(add));
    },
    ['5 lake-loader'],
  ],
  [
    'two events of a customer in the wrong order',
    'faults',
    (right) => {
      const { viewing } = right.streams;
      const turned = viewing.records.slice(0, viewing.answered.accepted).toReversed();
      const records = viewing.records.map((record, at) => ({ ...record, lines: (turned[at] ?? record).lines }));
      return { ...right, streams: { ...right.streams, viewing: { ...viewing, records } } };
    },
    ['3 producer'],
  ],
  [
    'a quarantine object with a random name',
    'faults',
    (right) =>
      atLoader(
        right,
        bothTimes(({ aside }) => ({ aside: aside.map(named('s/x/0b54.ndjson')) })),
      ),
    ['2 lake-loader'],
  ],
  [
    'an event that landed twice though nothing failed',
    'poison',
    (right) =>
      atLoader(
        right,
        bothTimes(({ landed }) => ({ landed: [...landed, landed[0] as string] })),
      ),
    ['2 lake-loader'],
  ],
  [
    'records that were given up',
    'faults',
    (right) => ({ ...right, said: { [loader]: ['event source f shardId-000000000000: gave up 2 records'] } }),
    ['5 lake-loader'],
  ],
  [
    'a poisoned batch that comes again',
    'poison',
    (right) => ({ ...right, said: { [loader]: ['event source f: 9 records come again in 100 ms: why'] } }),
    ['5 lake-loader'],
  ],
  [
    'an event that only the replay brings',
    'faults',
    (right) => atLoader(right, ({ once }) => ({ once: { ...once, landed: once.landed.slice(1) } })),
    ['1 lake-loader', '6 lake-loader'],
  ],
  [
    'an event of the clickstream that its loader never lands',
    'faults',
    (right) =>
      atLoader(
        right,
        bothTimes(({ landed }) => ({ landed: landed.slice(1) })),
        'clickstream-loader',
      ),
    ['1 clickstream-loader'],
  ],
  [
    'an event that is stored twice where each must be once, whatever failed',
    'faults',
    (right) =>
      atLoader(
        right,
        bothTimes(({ landed }) => ({ landed: [...landed, landed[0] as string] })),
        'analytics',
      ),
    ['2 analytics', '6 analytics'],
  ],
  [
    'a sum that is not that of the answer key',
    'crash',
    (right) =>
      atLoader(
        right,
        bothTimes(({ totals }) => ({ totals: { ...totals, 'all events per hour': '1' } })),
        'analytics',
      ),
    ['2 analytics'],
  ],
  [
    'a sum that a replay has changed',
    'poison',
    (right) =>
      atLoader(
        right,
        ({ replayed }) => ({
          replayed: { ...replayed, totals: { ...replayed.totals, 'all type#click per hour': '1' } },
        }),
        'analytics',
      ),
    ['6 analytics'],
  ],
];

describe('violationsOf', () => {
  it.each(['crash', 'faults', 'poison'] as const)('finds nothing in a right run of kind %s', (kind) => {
    expect(violationsOf(rightEvidence(kind), consumers)).toEqual([]);
  });

  it.each(broken)('finds %s', (_, kind, breaks, found) => {
    const violations = violationsOf(breaks(rightEvidence(kind)), consumers);
    expect([...new Set(violations.map(({ promise, by }) => `${promise} ${by}`))].sort()).toEqual(found);
  });

  it('holds a view to each event once, but for frames that were not taken in time', () => {
    const right = rightEvidence('poison');
    const there = Object.values(right.streams).reduce((sum, { records }) => sum + records.length, 0);
    const breaks = (shown: number, missed: number): number =>
      violationsOf({ ...right, told: { shown, missed } }, consumers).length;
    expect([breaks(there, 0), breaks(there - 5, 5), breaks(there - 5, 8)]).toEqual([0, 0, 0]);
    expect([breaks(there - 1, 0), breaks(there + 1, 0), breaks(0, 5)]).toEqual([1, 1, 1]);
  });

  it('holds the producer and the chosen consumers only', () => {
    const wrong = atLoader(
      rightEvidence('faults'),
      bothTimes(() => ({ landed: [] })),
    );
    expect(
      violationsOf(
        wrong,
        consumers.filter(({ name }) => name === 'auditor'),
      ),
    ).toEqual([]);
  });
});

describe('reportOf', () => {
  it('names the promise, who broke it, how often and where, and the command that runs it again', () => {
    const { schedule } = rightEvidence('faults');
    const names = ['ev-1', 'ev-2', 'ev-3'];
    const violations = [{ promise: 1, by: loader, what: 'events are missing', count: 7, names }] as const;
    expect(reportOf(schedule, { transport: 'kinesis' }, violations)).toBe(
      'promise 1, conservation: lake-loader: 7 events are missing: ev-1, ev-2, ev-3, …\n' +
        'again: node tools/node/run.mjs tools/invariants/src/main.ts --seed 2',
    );
    expect(reportOf(schedule, { transport: 'kafka', consumer: loader }, violations).split('\n').at(-1)).toBe(
      'again: node tools/node/run.mjs tools/invariants/src/main.ts --seed 2 --transport kafka --consumer lake-loader',
    );
  });
});
