import { clickstreamFaults, type FaultFamily, viewingFaults } from '@acme/synthetic';
import { families, type Family } from '@acme/telemetry-schema';

/** Where the events of a family travel, and how their lines are read. */
interface Stream {
  /** The stream, or the topic. */
  readonly name: string;
  readonly faults: FaultFamily;
  /** Finds an event's id in its line, and whose it is. */
  readonly id: RegExp;
  readonly owner: RegExp;
}

export const streams: Readonly<Record<Family, Stream>> = {
  viewing: {
    name: 'acme-telemetry-stream',
    faults: viewingFaults,
    id: /"event_id":"(ev-[0-9a-z-]+)"/,
    owner: /"customer_id":"([^"]+)"/,
  },
  clickstream: {
    name: 'real-time-analytics-stream',
    faults: clickstreamFaults,
    id: /"eventId":"(ec-[0-9a-z-]+)"/,
    owner: /"userId":"([^"]+)"/,
  },
};

/** The same of each family. */
export const ofEach = <Value>(value: (family: Family) => Value): Record<Family, Value> =>
  Object.fromEntries(families.map((family) => [family, value(family)])) as Record<Family, Value>;

/** The same, one after the other. */
export const ofEachInTurn = async <Value>(
  value: (family: Family) => Promise<Value>,
): Promise<Record<Family, Value>> => {
  const found: Partial<Record<Family, Value>> = {};
  for (const family of families) found[family] = await value(family);
  return found as Record<Family, Value>;
};
