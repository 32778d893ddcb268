import { type FaultKind, faultKinds } from '@acme/laptop-aws/options';
import type { Family } from '@acme/telemetry-schema';
import { type FaultDial, Random, refusedKinds } from '@acme/synthetic';

/** What is handed over of one family. */
export interface Traffic {
  /** What is wrong with the events of the generator. */
  readonly dial: FaultDial;
  /** Events per call of the generator; one call of the producer each. */
  readonly calls: readonly number[];
  /** How many lines another producer puts straight onto the stream, and what is wrong with them. */
  readonly others: number;
  readonly othersDial: FaultDial;
}

/** How a run goes, all of it drawn from one number. */
export interface Schedule {
  readonly seed: number;
  /**
   * `crash`: the platform is killed under faults and load, and started again without faults; `faults`: faults, and then
   * none, in one life; `poison`: bad events and nothing else.
   */
  readonly kind: 'crash' | 'faults' | 'poison';
  readonly traffic: Readonly<Record<Family, Traffic>>;
  /** The fault switches that are on, each with the share of calls that it strikes. */
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  /** The platform is killed so long after the first call was answered, ms. */
  readonly killAfterMs: number;
}

const kinds = ['crash', 'faults', 'poison'] as const;

/** Kinds that end an invocation, or hold up a shard for several calls: rare enough for the others to be met as well. */
const rare: ReadonlySet<FaultKind> = new Set([
  'kill-before',
  'kill-during',
  'kill-after',
  'function-timeout',
  'throttle',
]);

/** Kinds that are asked about a few times in a run only. */
const seldomAsked: ReadonlySet<FaultKind> = new Set(['quarantine-error', 'firehose-partial']);

/** Always on: what each promise is most at risk from. */
const always: ReadonlySet<FaultKind> = new Set([
  'partial-put',
  'firehose-partial',
  'quarantine-error',
  'dynamodb-error',
  'kill-during',
]);

/** Purposes of random numbers; those of the events and of the fault switches are others. */
const purpose = { shape: 2040, shuffle: 2041 } as const;

/** The run of a seed. Three seeds in a row are one run of each kind. */
export const scheduleOf = (seed: number): Schedule => {
  const random = new Random(seed, 0, purpose.shape);
  const kind = kinds[seed % kinds.length] as Schedule['kind'];
  const share = (least: number, most: number): number => random.between(least, most) / 1000;
  const forgiven = forgivenDial(share);
  const refused = refusedDial(share);
  // One run in three has good events only: whatever is then in quarantine, a fault has brought there.
  const onlyGood = kind !== 'poison' && random.below(3) === 0;
  const faults: Partial<Record<FaultKind, number>> = {};
  for (const name of kind === 'poison' ? [] : faultKinds) {
    const isOn = random.below(3) > 0;
    const rate = rare.has(name) ? share(30, 120) : seldomAsked.has(name) ? share(200, 300) : share(100, 350);
    if (isOn || always.has(name)) faults[name] = rate;
  }
  if (kind === 'faults') faults['duplicate-delivery'] = share(400, 700);
  const calls = (least: number, most: number, fewest: number, greatest: number): number[] =>
    Array.from({ length: random.between(least, most) }, () => random.between(fewest, greatest));
  // Straight on the stream, such lines reach every consumer as they are.
  const hostile = hostileDial(share, 20, 50);
  const viewing: Traffic = {
    dial: onlyGood ? forgiven : { ...forgiven, ...refused },
    calls: calls(4, 6, 300, 1000),
    others: 200,
    othersDial: { ...hostile, ...(onlyGood ? {} : { duplicate: 0.05, ...refused, notJson: 0.05, missingField: 0.05 }) },
  };
  const killAfterMs = random.between(300, 2500);
  const clicks = { forgiven: forgivenDial(share), refused: refusedDial(share) };
  const clickstream: Traffic = {
    dial: onlyGood ? clicks.forgiven : { ...clicks.forgiven, ...clicks.refused },
    calls: calls(2, 3, 200, 500),
    others: 100,
    // An event without a time is none for the producer; straight on the stream it gets that of its arrival.
    othersDial: {
      ...hostile,
      ...(onlyGood ? {} : { duplicate: 0.05, ...clicks.refused, notJson: 0.05, missingField: 0 }),
    },
  };
  return { seed, kind, traffic: { viewing, clickstream }, faults, killAfterMs };
};

type Share = (least: number, most: number) => number;

const forgivenDial = (share: Share): FaultDial => ({
  late: share(0, 50),
  duplicate: share(10, 50),
  outOfOrder: share(0, 50),
  clockAhead: share(0, 20),
  // Many events of one customer in one call: several records of one key, whose order is at risk.
  hotKey: share(250, 500),
  ...hostileDial(share, 2, 20),
});

/** Good lines that readers of JSON disagree about. */
const hostileDial = (share: Share, least: number, most: number): FaultDial => ({
  duplicateKeys: share(least, most),
  otherCase: share(least, most),
  halfSurrogate: share(least, most),
  nulls: share(least, most),
  foreignId: share(least, most),
  byteOrderMark: share(least, most),
  prettyPrinted: share(least, most),
});

const refusedDial = (share: Share): FaultDial =>
  Object.fromEntries(refusedKinds.map((name) => [name, name === 'oversize' ? share(0, 2) : share(2, 15)]));

/** The same values in an order that the seed fixes. */
export const shuffled = <Value>(values: readonly Value[], seed: number): Value[] => {
  const random = new Random(seed, 0, purpose.shuffle);
  const all = [...values];
  for (let last = all.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [all[last], all[other]] = [all[other] as Value, all[last] as Value];
  }
  return all;
};

/** A schedule in a line. */
export const describeSchedule = ({ seed, kind, traffic, faults, killAfterMs }: Schedule): string => {
  const events = Object.entries(traffic).map(
    ([family, { calls }]) =>
      `${calls.reduce((sum, count) => sum + count, 0)} of the ${family} in ${calls.length} calls`,
  );
  const on = Object.keys(faults).join(',') || 'none';
  const ends = kind === 'crash' ? `; killed after ${killAfterMs} ms` : '';
  const poison = 'notJson' in traffic.viewing.dial ? 'good and bad' : 'good';
  return `seed ${seed}: ${kind}, ${poison} events, ${events.join(', ')}; faults ${on}${ends}`;
};
