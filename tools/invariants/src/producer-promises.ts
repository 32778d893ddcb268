import { hash } from 'node:crypto';
import { families, type Family } from '@acme/telemetry-schema';
import { type Evidence, missing, type OnStream, type Violation, violation } from './evidence.ts';
import type { Line } from './line.ts';
import type { Aside } from './lake.ts';
import { streams } from './streams.ts';

/** A refused line and why, as one name: its event's id where that can be read, and a hash of the line. */
export const problemOf = ({ text, problems: [first] }: Pick<Aside, 'text' | 'problems'>): string => {
  const [, id = 'a line'] = streams.viewing.id.exec(text) ?? streams.clickstream.id.exec(text) ?? [];
  return `${id} ${hash('sha1', text).slice(0, 8)} (${first?.field} ${first?.reason})`;
};

/** The same, as the answer key says it. */
export const keyProblems = (lines: readonly Line[]): string[] =>
  lines.flatMap(({ text, expected }) =>
    expected.outcome === 'quarantined' ? [problemOf({ text, problems: [expected] })] : [],
  );

/** The ids that must land. */
export const keyIds = (lines: readonly Line[]): string[] =>
  lines.flatMap(({ expected }) => (expected.outcome === 'lands' ? [expected.eventId] : []));

/** What the generator and the producer promise. */
export const producerViolations = (evidence: Evidence): Violation[] => {
  const { byProducer } = evidence;
  const refused = families.flatMap((family) => keyProblems(generated(evidence.streams[family])));
  const asideOnce = byProducer.once.map(problemOf);
  return [
    ...families.flatMap((family) => streamViolations(family, evidence.streams[family])),
    ...violation(
      1,
      'producer',
      'refused events that are not in quarantine with the reason',
      missing(refused, asideOnce),
    ),
    ...violation(5, 'producer', 'lines in quarantine that the contract does not refuse', missing(asideOnce, refused)),
    ...violation(
      6,
      'producer',
      'lines that a replay refused otherwise',
      missing(byProducer.replayed.map(problemOf), asideOnce),
    ),
    ...violation(
      3,
      'producer',
      'customers whose events lie out of their order',
      families.flatMap((family) => outOfOrder(evidence.streams[family], streams[family].owner)),
    ),
  ];
};

const generated = ({ handedOver }: OnStream): readonly Line[] => handedOver.calls.flatMap(({ lines }) => lines);

/** What it promises of one stream. */
const streamViolations = (family: Family, stream: OnStream): Violation[] => {
  const { answered, records } = stream;
  const lines = generated(stream);
  const onStream = new Set(records.flatMap((record) => record.lines));
  const idsThere = new Set([...onStream].map((line) => streams[family].id.exec(line)?.[1]));
  const sums = `generated ${lines.length}, rejected ${keyProblems(lines).length}`;
  const answer = `generated ${answered.generated}, rejected ${answered.generated - answered.accepted}`;
  const absent = lines.filter(
    ({ expected, onStream: text = '' }) => expected.outcome === 'lands' && !onStream.has(text),
  );
  const bad = lines.filter(({ expected }) => expected.outcome === 'quarantined' && idsThere.has(expected.eventId));
  const idsOf = (some: readonly Line[]): string[] => some.map(({ expected }) => expected.eventId);
  return [
    ...violation(
      1,
      'producer',
      `answers that do not add up (the answer key has ${sums})`,
      sums === answer && answered.generated === answered.accepted + answered.rejected ? [] : [answer],
    ),
    ...violation(1, 'producer', 'good events that are not on the stream as the contract writes them', idsOf(absent)),
    ...violation(1, 'producer', 'bad events that are on the stream', idsOf(bad)),
  ];
};

/** Customers of whom a first occurrence lies behind that of an event that was handed over later. */
const outOfOrder = (stream: OnStream, owner: RegExp): string[] => {
  const placeOf = new Map<string, number>();
  for (const { onStream } of generated(stream))
    if (onStream !== undefined && !placeOf.has(onStream)) placeOf.set(onStream, placeOf.size);
  const latest = new Map<string, number>();
  const seen = new Set<string>();
  const off = new Set<string>();
  for (const { shard, lines } of stream.records) {
    for (const line of lines) {
      const place = placeOf.get(line);
      if (place === undefined || seen.has(line)) continue;
      seen.add(line);
      const customer = owner.exec(line)?.[1] ?? '';
      const key = `${shard} ${customer}`;
      if ((latest.get(key) ?? -1) > place) off.add(customer);
      latest.set(key, Math.max(place, latest.get(key) ?? -1));
    }
  }
  return [...off];
};
