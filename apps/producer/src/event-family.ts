import {
  decodeClickstreamEvent,
  decodeClickstreamLine,
  type EventParser,
  type Family,
  type LineParser,
  maxEventBytes,
  parseViewingEvent,
  parseViewingLine,
  type Parsed,
} from '@acme/telemetry-schema';
import type { Incoming } from './input.ts';

/** An event that the contract takes: what names it, whose it is (events of one key keep their order), and its line. */
export interface Taken {
  readonly id: string;
  readonly key: string;
  /** What goes onto the stream: the event as the contract has parsed it, never what its sender wrote. */
  readonly line: string;
}

/** Judges an event that came at a time, ms UTC. */
export type JudgeEvent = (event: Incoming, arrivedAtMs: number) => Parsed<Taken>;

const judging =
  <T>(parse: EventParser<T>, parseLine: LineParser<T>, named: (event: T) => Pick<Taken, 'id' | 'key'>): JudgeEvent =>
  (event, arrivedAtMs) => {
    const { text } = event;
    // A value came parsed already; one that may be too large is measured as text.
    const isParsed = 'value' in event && text.length * 3 <= maxEventBytes;
    const parsed = isParsed ? parse(event.value, arrivedAtMs) : parseLine(text, arrivedAtMs);
    if (!parsed.ok) return parsed;
    const { id, key } = named(parsed.value);
    return { ok: true, value: { id, key, line: JSON.stringify(parsed.value) } };
  };

/**
 * How each family's events are judged. Clickstream events may be spelt as other senders do; here they need their id and
 * time, because a call that is sent again would double them otherwise.
 */
export const judgeOf: Readonly<Record<Family, JudgeEvent>> = {
  viewing: judging(parseViewingEvent, parseViewingLine, (event) => ({ id: event.event_id, key: event.customer_id })),
  clickstream: judging(
    (value, arrivedAtMs) => decodeClickstreamEvent(value, arrivedAtMs),
    (line, arrivedAtMs) => decodeClickstreamLine(line, arrivedAtMs),
    (event) => ({ id: event.eventId, key: event.userId }),
  ),
};
