import type { Athena } from '@acme/lambda-kit/athena';
import type { Findings } from '@acme/lambda-kit/rows';
import { windowMs } from '../aggregates/windows.ts';
import type { Aggregates } from '../read/sums.ts';
import { counterDays } from '../store/transact.ts';
import { type Drift, driftOf } from './counters.ts';
import { heldHour, type HeldHour } from './held-counters.ts';
import { type LakeHour, lakeHours } from './lake-counters.ts';
import { repair } from './repair.ts';
import type { Hours } from './statement.ts';
import { type RawZone, unreadableEvents } from './unreadable-events.ts';

/** What came of an hour of event time. */
export interface RebuiltHour {
  readonly hour: string;
  /** Distinct events in the lake. */
  readonly events: number;
  readonly drift: readonly Drift[];
  /** Whether events of it may still be on their way to one of the two, which then differ for no fault. */
  readonly isOpen: boolean;
  /** How many of the counters that drifted are right now. */
  readonly repaired: number;
}

export interface Rebuild {
  readonly athena: Pick<Athena, 'eachRow'>;
  readonly raw: RawZone;
  readonly aggregates: Aggregates;
  readonly hours: Hours;
  /** Whether to correct what has drifted, in hours that are closed; never while something of the lake cannot be read. */
  readonly repairs: boolean;
  readonly nowMs: number;
  /** Is told first what of the lake cannot be read, and is gone on without. */
  readonly onUnreadable?: ((findings: Findings) => void) | undefined;
}

/**
 * An hour is closed when so much time has passed since it ended and since the newest of its events arrived: by then the
 * event is counted, and in the lake. Alarms tell when one of the two takes longer.
 */
const settledMs = windowMs.hour;

/**
 * Counts hours of event time anew from the lake, and says where the counters that are held differ; hour by hour, the
 * oldest first. What cannot be read is left out; it may have been events that are counted rightly, so nothing is repaired
 * then.
 *
 * @throws what Athena and S3 throw; UnreadError
 */
export async function* rebuild({
  athena,
  raw,
  aggregates,
  hours,
  repairs,
  nowMs,
  onUnreadable,
}: Rebuild): AsyncGenerator<RebuiltHour> {
  const leftOut = await unreadableEvents(athena, raw, hours, nowMs);
  onUnreadable?.(leftOut.findings);
  const mayRepair = repairs && leftOut.findings.count === 0;
  for await (const lake of lakeHours(athena, hours, nowMs, leftOut.objects)) {
    const held = await heldHour(aggregates, lake.hour);
    const drift = driftOf(held.counters, lake.counters, (window) => isKept(window, nowMs));
    const isOpen = nowMs < endMs(lake, held) + settledMs;
    let repaired = 0;
    if (mayRepair && !isOpen) {
      for (const drifts of bySubject(drift)) if (await repair(aggregates, drifts, nowMs)) repaired += drifts.length;
    }
    yield { hour: lake.hour, events: lake.events, drift, isOpen, repaired };
  }
}

/** When the last thing happened to an hour that we know of. */
const endMs = ({ hour, newestArrival }: LakeHour, { newestArrivalMs = 0 }: HeldHour): number => {
  const endOf = (name: string): number => Date.parse(`${name}:00:00Z`) + windowMs.hour;
  return Math.max(endOf(hour), newestArrival === undefined ? 0 : endOf(newestArrival), newestArrivalMs);
};

/** Whether all pieces of a window's counters are still there: each goes so long after its last event. */
const isKept = (window: string, nowMs: number): boolean => {
  const [, instant = ''] = window.split('#');
  const startMs = Date.parse(`${instant.padEnd('2026-11-21T09:00'.length, ':00')}Z`);
  return nowMs < startMs + (counterDays(window) - 1) * 24 * windowMs.hour;
};

const bySubject = (drift: readonly Drift[]): Iterable<readonly Drift[]> =>
  Map.groupBy(drift, ({ window, subject }) => `${window} ${subject}`).values();
