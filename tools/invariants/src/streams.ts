import { clickstreamFaults, type FaultFamily, viewingFaults } from '@acme/synthetic';
import {
  decodeClickstreamLine,
  families,
  type Family,
  type LineParser,
  parseViewingLine,
} from '@acme/telemetry-schema';

/** Where the events of a family travel, and how their lines are written and read. */
interface Stream {
  /** The stream, or the topic. */
  readonly name: string;
  readonly faults: FaultFamily;
  /** What the producer puts onto the stream of an event's line is the text of this. */
  readonly parse: LineParser<object>;
  /** Finds an event's id in its line, and whose it is, in one that the producer has written. */
  readonly id: RegExp;
  readonly owner: RegExp;
}

export const streams: Readonly<Record<Family, Stream>> = {
  viewing: {
    name: 'acme-telemetry-stream',
    faults: viewingFaults,
    parse: parseViewingLine,
    id: /"event_id":"(ev-[0-9a-z-]+)"/,
    owner: /"customer_id":"([^"]+)"/,
  },
  clickstream: {
    name: 'real-time-analytics-stream',
    faults: clickstreamFaults,
    parse: (line, arrivedAtMs) => decodeClickstreamLine(line, arrivedAtMs),
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
