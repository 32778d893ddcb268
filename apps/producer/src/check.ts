import { poisonClass, type Refused } from '@acme/lambda-kit';
import type { Problem } from '@acme/telemetry-schema';
import { judgeOf, type JudgeEvent } from './event-family.ts';
import type { Incoming } from './input.ts';
import { type Keyed, pack, type Packed } from './pack.ts';
import type { PartitionKey } from './partition-key.ts';

/** Events checked one by one and packed for the stream; what is bad stands aside and its neighbours go on. */
export interface Checked {
  readonly packed: Map<string, Packed[]>;
  readonly accepted: number;
  readonly rejected: readonly Refused[];
}

/**
 * Checks every event of a call against the contract, and packs the good ones by partition key, in order.
 *
 * @param arrivedAtMs what event times are judged against, ms UTC
 * @param packing makes records of events; Kafka's are of one event each
 * @param judge of the events' family
 */
export const check = (
  events: readonly Incoming[],
  partitionKey: PartitionKey,
  arrivedAtMs: number,
  packing: (events: Iterable<Keyed>) => Map<string, Packed[]> = pack,
  judge: JudgeEvent = judgeOf.viewing,
): Checked => {
  const good: Keyed[] = [];
  const rejected: Refused[] = [];
  for (const [index, event] of events.entries()) {
    const judged = judge(event, arrivedAtMs);
    if (judged.ok) {
      const { id, key, line } = judged.value;
      good.push({ id, key: partitionKey(key), line });
    } else rejected.push(refused(event, index, judged.problems));
  }
  return { packed: packing(good), accepted: good.length, rejected };
};

/** A call none of whose events is taken, for a fault of the call's own. */
export const refusedAll = (events: readonly Incoming[], problem: Problem): Checked => ({
  packed: new Map(),
  accepted: 0,
  rejected: events.map((event, index) => refused(event, index, [problem])),
});

const refused = ({ text }: Incoming, index: number, problems: readonly Problem[]): Refused => ({
  index,
  class: poisonClass(text),
  problems,
  raw: text,
});
