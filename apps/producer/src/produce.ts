import { poisonClass, type Refused } from '@acme/lambda-kit';
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
    const { text } = event;
    const judged = judge(event, arrivedAtMs);
    if (judged.ok) good.push({ key: partitionKey(judged.value.key), id: judged.value.id, line: text.trimEnd() });
    else rejected.push({ index, class: poisonClass(text), problems: judged.problems, raw: text });
  }
  return { packed: packing(good), accepted: good.length, rejected };
};
