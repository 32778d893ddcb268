import type { Consumer } from './consumers.ts';
import { type AtConsumer, type Evidence, missing, repeated, type Violation, violation } from './evidence.ts';
import type { Line } from './lines.ts';
import { keyIds, problemOf } from './producer-promises.ts';

/** What one consumer promises. */
export const consumerViolations = (evidence: Evidence, consumer: Consumer): Violation[] => [
  ...goesOn(evidence, consumer),
  ...(consumer.takes === 'records' ? recordViolations(evidence, consumer) : []),
  ...(consumer.takes === 'events' ? eventViolations(evidence, consumer) : []),
  ...(consumer.takes === 'view' ? viewViolations(evidence, consumer) : nameViolations(evidence, consumer)),
];

const at = ({ atConsumer }: Evidence, { name }: Consumer): Evidence['atConsumer'][string] =>
  atConsumer[name] as Evidence['atConsumer'][string];

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

/** A view may miss what faults keep from it. Where there are none, it tells of every event once, and counts what is bad. */
const viewViolations = ({ records, told }: Evidence, { name }: Consumer): Violation[] => {
  const there = records.reduce((sum, { lines }) => sum + lines.length, 0);
  const off = told === undefined || told === there ? [] : [`told of ${told} events, ${there} were on the stream`];
  return violation(1, name, 'viewer without faults who was not told of every event once', off);
};

const recordViolations = (evidence: Evidence, consumer: Consumer): Violation[] => {
  const { replayed } = at(evidence, consumer);
  const there = evidence.records.map(({ shard, sequence, lines }) => `${shard} ${sequence} ${lines.length}`);
  return [
    ...lost(evidence, consumer, missing(there, replayed.landed), (name) => name.split(' ') as [string, string]),
    ...violation(1, consumer.name, 'records that it saw otherwise than they are', missing(replayed.landed, there)),
  ];
};

const eventViolations = (evidence: Evidence, consumer: Consumer): Violation[] => {
  const { name } = consumer;
  const { schedule, records } = evidence;
  const { once, replayed } = at(evidence, consumer);
  const ofText = linesByText(evidence);
  const good = new Map<string, readonly [string, string]>();
  const bad = new Map<string, readonly [string, string]>();
  const unknown: string[] = [];
  for (const { shard, sequence, lines } of records) {
    for (const [index, text] of lines.entries()) {
      const line = ofText.get(text.trimEnd());
      if (!line) unknown.push(`${shard} ${sequence} ${index}`);
      else if (line.expected.outcome === 'lands') {
        if (!good.has(line.expected.eventId)) good.set(line.expected.eventId, [shard, sequence]);
      } else
        bad.set(`${shard} ${sequence} ${index} ${problemOf({ text, problems: [line.expected] })}`, [shard, sequence]);
    }
  }
  const aside = ({ aside: lines }: AtConsumer): string[] =>
    lines.map((line) => `${line.shard} ${line.sequence} ${line.index} ${problemOf(line)}`);
  const reasons = ({ aside: lines }: AtConsumer): string[] => lines.map(problemOf);
  const key = keyIds([...evidence.handedOver.calls.flatMap(({ lines }) => lines), ...evidence.handedOver.others]);
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
      ? violation(2, name, 'events that landed more than once', twice(evidence, once.landed, consumer))
      : []),
    // A batch that failed may come again in other batches, whose objects tell of the same line at the same position.
    ...(schedule.kind === 'poison'
      ? violation(2, name, 'lines that are in quarantine more than once', repeated(aside(replayed)))
      : []),
    ...violation(6, name, 'events that only a replay has landed', missing(replayed.landed, once.landed)),
    ...violation(6, name, 'events that a replay has taken away', missing(once.landed, replayed.landed)),
    ...violation(6, name, 'lines that a replay refused otherwise', missing(reasons(replayed), reasons(once))),
    ...(consumer.isExact ? violation(6, name, 'events that a replay landed again', repeated(replayed.landed)) : []),
  ];
};

/** What is missing: passed by a checkpoint that was saved before the crash, or else just not there. */
const lost = (
  { checkpoints }: Evidence,
  { name }: Consumer,
  names: readonly string[],
  placeOf: (name: string) => readonly [shard: string, sequence: string] | undefined,
): Violation[] => {
  const passed = names.filter((each) => {
    const [shard, sequence] = placeOf(each) ?? [];
    const next = shard === undefined ? undefined : checkpoints[name]?.[shard];
    return next !== undefined && sequence !== undefined && BigInt(sequence) < BigInt(next);
  });
  return [
    ...violation(4, name, 'that the checkpoint had passed at the crash, and that never landed', passed),
    ...violation(1, name, 'on the stream or accepted, and never landed', missing(names, passed)),
  ];
};

/** Ids that are in a sink more often than their lines were handed over. */
const twice = ({ handedOver }: Evidence, landed: readonly string[], { isExact }: Consumer): string[] => {
  const allowed = new Map<string, number>();
  const lines = [...handedOver.calls.flatMap((call) => call.lines), ...handedOver.others];
  for (const id of keyIds(lines)) allowed.set(id, isExact ? 1 : (allowed.get(id) ?? 0) + 1);
  const off: string[] = [];
  for (const id of landed) {
    const left = (allowed.get(id) ?? 0) - 1;
    allowed.set(id, left);
    if (left < 0) off.push(id);
  }
  return off;
};

/** Objects are named after the range of records that they tell of: the name that a retry of the batch makes again. */
const nameViolations = (evidence: Evidence, consumer: Consumer): Violation[] => {
  const { replayed, ledger } = at(evidence, consumer);
  const misnamed = new Set<string>();
  for (const { object, shard, sequence } of replayed.aside) {
    const [, ofShard, first, last] = /([^/]+)\/(\d+)-(\d+)\.ndjson$/.exec(object) ?? [];
    const covers = first && last && sequence && BigInt(first) <= BigInt(sequence) && BigInt(sequence) <= BigInt(last);
    if (!covers || ofShard !== shard) misnamed.add(`quarantine/${consumer.name}/${object}`);
  }
  for (const { object, shard, first, last } of ledger)
    if (!object.endsWith(`/${shard}/${first}-${last}.json.zst`)) misnamed.add(`ledger/${consumer.name}/${object}`);
  const ranges = ledger.map(({ shard, first, last }) => `${shard} ${first} to ${last}`);
  return [
    ...violation(2, consumer.name, 'objects whose names a retry would not make again', [...misnamed]),
    ...violation(2, consumer.name, 'batches that are in the ledger more than once', repeated(ranges)),
  ];
};

const linesByText = ({ handedOver: { calls, others } }: Evidence): ReadonlyMap<string, Line> =>
  new Map([...calls.flatMap(({ lines }) => lines), ...others].map((line) => [line.text.trimEnd(), line]));
