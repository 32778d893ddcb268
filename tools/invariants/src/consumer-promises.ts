import { ledgerFolder, quarantineFolder } from '@acme/lake-layout';
import { families, type Family } from '@acme/telemetry-schema';
import type { Consumer } from './consumers.ts';
import { type AtConsumer, type Evidence, missing, repeated, type Violation, violation } from './evidence.ts';
import type { Line } from './line.ts';
import { keyIds, problemOf } from './producer-promises.ts';
import { ofEach } from './streams.ts';
import type { StreamRecord } from './stream.ts';
import type { Totals } from './totals.ts';

/** What one consumer promises. */
export const consumerViolations = (evidence: Evidence, consumer: Consumer): Violation[] => [
  ...goesOn(evidence, consumer),
  ...(consumer.takes === 'records' ? recordViolations(evidence, consumer) : []),
  ...(consumer.takes === 'events' ? eventViolations(evidence, consumer) : []),
  ...(consumer.takes === 'view' ? viewViolations(evidence, consumer) : nameViolations(evidence, consumer)),
];

const at = ({ atConsumer }: Evidence, { name }: Consumer): Evidence['atConsumer'][string] =>
  atConsumer[name] as Evidence['atConsumer'][string];

/** The records of the streams that a consumer takes. */
const recordsOf = ({ streams }: Evidence, { reads }: Consumer): readonly StreamRecord[] =>
  families.flatMap((family) => (reads[family] === undefined ? [] : streams[family].records));

/** Every line that was handed over to these streams. */
const linesOf = ({ streams }: Evidence, { reads }: Consumer): readonly Line[] =>
  families.flatMap((family) => {
    const { calls, others } = streams[family].handedOver;
    return reads[family] === undefined ? [] : [...calls.flatMap(({ lines }) => lines), ...others];
  });

/** Nothing is given up, but by a view; and where nothing but the events is bad, nothing comes again. */
const goesOn = ({ schedule, said }: Evidence, { name, takes }: Consumer): Violation[] => {
  const lines = said[name] ?? [];
  const givenUp = takes === 'view' ? [] : lines.filter((line) => line.includes(': gave up '));
  const retried = schedule.kind === 'poison' ? lines.filter((line) => line.includes(' come again in ')) : [];
  return [
    ...violation(5, name, 'times that records were given up', givenUp),
    ...violation(5, name, 'times that records came again for no fault but that of their events', retried),
  ];
};

/**
 * A view may miss what faults keep from it. Where there are none, it tells of every event once, and counts what is bad.
 * A frame that was not taken in time, because the machine is busy, is told as missed: without its bad events, and also
 * when it came through after all.
 */
const viewViolations = (evidence: Evidence, consumer: Consumer): Violation[] => {
  const { told } = evidence;
  if (!told) return [];
  const lines = recordsOf(evidence, consumer).flatMap((record) => record.lines);
  const isBad = new Map(linesOf(evidence, consumer).map(({ onStream, expected }) => [onStream, expected.outcome]));
  const bad = lines.filter((text) => isBad.get(text) === 'quarantined').length;
  const { shown, missed } = told;
  const least = lines.length - (missed === 0 ? 0 : bad);
  const isRight = shown + missed >= least && shown <= lines.length;
  const off = `shown ${shown} events and told of ${missed} missed, ${lines.length} were on the streams`;
  return violation(
    1,
    consumer.name,
    'viewer without faults who was not told of every event once',
    isRight ? [] : [off],
  );
};

const recordViolations = (evidence: Evidence, consumer: Consumer): Violation[] => {
  const { replayed } = at(evidence, consumer);
  const there = recordsOf(evidence, consumer).map(
    ({ source, shard, sequence, lines }) => `${source} ${shard} ${sequence} ${lines.length}`,
  );
  return [
    ...lost(evidence, consumer, missing(there, replayed.landed), (name) => {
      const [source, shard, sequence = ''] = name.split(' ');
      return [`${source} ${shard}`, sequence];
    }),
    ...violation(1, consumer.name, 'records that it saw otherwise than they are', missing(replayed.landed, there)),
  ];
};

const eventViolations = (evidence: Evidence, consumer: Consumer): Violation[] => {
  const { name } = consumer;
  const { schedule } = evidence;
  const { once, replayed } = at(evidence, consumer);
  const handedOver = linesOf(evidence, consumer);
  const ofText = new Map(handedOver.map((line) => [line.onStream, line]));
  const good = new Map<string, readonly [string, string]>();
  const bad = new Map<string, readonly [string, string]>();
  const unknown: string[] = [];
  for (const { source, shard, sequence, lines } of recordsOf(evidence, consumer)) {
    const place = `${source} ${shard}`;
    for (const [index, text] of lines.entries()) {
      const line = ofText.get(text);
      if (!line) unknown.push(`${place} ${sequence} ${index}`);
      else if (line.expected.outcome === 'lands') {
        if (!good.has(line.expected.eventId)) good.set(line.expected.eventId, [place, sequence]);
      } else
        bad.set(`${place} ${sequence} ${index} ${problemOf({ text, problems: [line.expected] })}`, [place, sequence]);
    }
  }
  const aside = ({ aside: lines }: AtConsumer): string[] =>
    lines.map((line) => `${line.source} ${line.shard} ${line.sequence} ${line.index} ${problemOf(line)}`);
  const reasons = ({ aside: lines }: AtConsumer): string[] => lines.map(problemOf);
  const key = keyIds(handedOver);
  return [
    ...violation(1, name, 'lines on the stream that nobody handed over', unknown),
    ...lost(evidence, consumer, missing(key, once.landed), (id) => good.get(id)),
    ...violation(1, name, 'events that landed and must not have', missing(once.landed, key)),
    ...violation(
      1,
      name,
      'bad events that are not in its quarantine with the reason',
      missing(bad.keys(), aside(replayed)),
    ),
    ...violation(
      5,
      name,
      'lines in its quarantine that the contract does not refuse',
      missing(aside(replayed), bad.keys()),
    ),
    ...(consumer.isExact || schedule.kind === 'poison'
      ? violation(2, name, 'events that landed more than once', twice(handedOver, once.landed, consumer))
      : []),
    // A batch that failed may come again in other batches, whose objects tell of the same line at the same position.
    ...(schedule.kind === 'poison'
      ? violation(2, name, 'lines that are in quarantine more than once', repeated(aside(replayed)))
      : []),
    ...violation(6, name, 'events that only a replay has landed', missing(replayed.landed, once.landed)),
    ...violation(6, name, 'events that a replay has taken away', missing(once.landed, replayed.landed)),
    ...violation(6, name, 'lines that a replay refused otherwise', missing(reasons(replayed), reasons(once))),
    ...(consumer.isExact ? violation(6, name, 'events that a replay landed again', repeated(replayed.landed)) : []),
    ...totalViolations(evidence, consumer),
  ];
};

/** Sums that are kept are those of the answer key, also after everything has come again. */
const totalViolations = (evidence: Evidence, consumer: Consumer): Violation[] => {
  const { name, totals } = consumer;
  if (!totals) return [];
  const { once, replayed } = at(evidence, consumer);
  const wanted = totals.wanted(ofEach((family: Family) => evidence.streams[family].handedOver));
  return [
    ...violation(2, name, 'sums that are not those of the answer key', off(once.totals ?? {}, wanted)),
    ...violation(6, name, 'sums that a replay has changed', off(replayed.totals ?? {}, once.totals ?? {})),
  ];
};

const off = (held: Totals, wanted: Totals): string[] =>
  [...new Set([...Object.keys(wanted), ...Object.keys(held)])].flatMap((name) =>
    held[name] === wanted[name] ? [] : [`${name} is ${held[name] ?? 0} and not ${wanted[name] ?? 0}`],
  );

/** What is missing: passed by a checkpoint that was saved before the crash, or else just not there. */
const lost = (
  { checkpoints }: Evidence,
  { name }: Consumer,
  names: readonly string[],
  placeOf: (name: string) => readonly [place: string, sequence: string] | undefined,
): Violation[] => {
  const passed = names.filter((each) => {
    const [place, sequence] = placeOf(each) ?? [];
    const next = place === undefined ? undefined : checkpoints[name]?.[place];
    return next !== undefined && sequence !== undefined && BigInt(sequence) < BigInt(next);
  });
  return [
    ...violation(4, name, 'that the checkpoint had passed at the crash, and that never landed', passed),
    ...violation(1, name, 'on the stream or accepted, and never landed', missing(names, passed)),
  ];
};

/** Ids that are in a sink more often than their lines were handed over. */
const twice = (lines: readonly Line[], landed: readonly string[], { isExact }: Consumer): string[] => {
  const allowed = new Map<string, number>();
  for (const id of keyIds(lines)) allowed.set(id, isExact ? 1 : (allowed.get(id) ?? 0) + 1);
  const often: string[] = [];
  for (const id of landed) {
    const left = (allowed.get(id) ?? 0) - 1;
    allowed.set(id, left);
    if (left < 0) often.push(id);
  }
  return often;
};

/** Objects are named after the range of records that they tell of: the name that a retry of the batch makes again. */
const nameViolations = (evidence: Evidence, consumer: Consumer): Violation[] => {
  const { replayed, ledger } = at(evidence, consumer);
  const misnamed = new Set<string>();
  for (const { object, shard, sequence } of replayed.aside) {
    const [, ofShard, first, last] = /([^/]+)\/(\d+)-(\d+)\.ndjson$/.exec(object) ?? [];
    const covers = first && last && sequence && BigInt(first) <= BigInt(sequence) && BigInt(sequence) <= BigInt(last);
    if (!covers || ofShard !== shard) misnamed.add(`${quarantineFolder(consumer.name)}${object}`);
  }
  for (const { object, shard, first, last } of ledger)
    if (!object.endsWith(`/${shard}/${first}-${last}.json.zst`))
      misnamed.add(`${ledgerFolder(consumer.name)}${object}`);
  const ranges = ledger.map(({ source, shard, first, last }) => `${source} ${shard} ${first} to ${last}`);
  return [
    ...violation(2, consumer.name, 'objects whose names a retry would not make again', [...misnamed]),
    ...violation(2, consumer.name, 'batches that are in the ledger more than once', repeated(ranges)),
  ];
};
