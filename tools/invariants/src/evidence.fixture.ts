import { families, type Family } from '@acme/telemetry-schema';
import type { AtConsumer, Evidence } from './evidence.ts';
import type { Aside, Noted } from './lake.ts';
import { type Lines, linesOf } from './lines.ts';
import type { Line } from './line.ts';
import { keyIds } from './producer-promises.ts';
import { type Schedule, scheduleOf } from './schedule.ts';
import type { StreamRecord } from './stream.ts';
import { ofEach, streams } from './streams.ts';
import { keyTotals } from './totals.ts';

const shard = 'shardId-000000000000';

/** What a small run leaves behind in which every promise is kept; a line a record, all in one shard of each stream. */
export const rightEvidence = (kind: Schedule['kind']): Evidence => {
  const drawn = scheduleOf(2);
  const traffic = ofEach((family) => ({ ...drawn.traffic[family], calls: [200] }));
  const schedule: Schedule = { ...drawn, kind, traffic };
  const handedOver = linesOf(schedule, Date.UTC(2026, 0, 31, 12));
  const of = ofEach((family) => ofStream(family, handedOver[family]));
  const nothing: AtConsumer = { landed: [], aside: [] };
  const refused = families.flatMap((family) => of[family].refused);
  const { viewing, clickstream } = of;
  const counted: AtConsumer = { ...clickstream.loaded, totals: keyTotals(handedOver) };
  const seen: AtConsumer = {
    landed: families.flatMap((family) =>
      of[family].stream.records.map(({ source, sequence }) => `${source} ${shard} ${sequence} 1`),
    ),
    aside: [],
  };
  const twice = (at: AtConsumer, ledger: readonly Noted[]) => ({ once: at, replayed: at, ledger });
  return {
    schedule,
    streams: ofEach((family) => of[family].stream),
    byProducer: { once: refused, replayed: refused },
    atConsumer: {
      'lake-loader': twice(viewing.loaded, [viewing.noted]),
      'clickstream-loader': twice(clickstream.loaded, [clickstream.noted]),
      analytics: twice(counted, [clickstream.noted]),
      enricher: twice(viewing.loaded, [viewing.noted]),
      'clickstream-enricher': twice(clickstream.loaded, [clickstream.noted]),
      auditor: twice(seen, [viewing.noted, clickstream.noted]),
      'ws-consumer': twice(nothing, []),
    },
    checkpoints: {},
    said: {},
  };
};

const ofStream = (family: Family, handedOver: Lines) => {
  const source = streams[family].name;
  const range = `${source}/${shard}/1-9999`;
  const made = handedOver.calls.flatMap(({ lines }) => lines);
  const isBad = ({ expected }: Line): boolean => expected.outcome === 'quarantined';
  const lines = [...made.filter((line) => !isBad(line)), ...handedOver.others];
  const records = lines.map(({ onStream = '' }, at): StreamRecord => ({
    source,
    shard,
    sequence: `${at + 1}`,
    lines: [onStream],
  }));
  const refused = made.filter(isBad).map((line, index) => aside(line, { object: 'a-request.ndjson', index }));
  const put = lines.flatMap((line, at) =>
    isBad(line) ? [aside(line, { object: `${range}.ndjson`, index: 0, source, shard, sequence: `${at + 1}` })] : [],
  );
  const answered = { generated: made.length, accepted: made.length - refused.length, rejected: refused.length };
  return {
    refused,
    stream: { handedOver, answered, records },
    loaded: { landed: [...new Set(keyIds(lines))], aside: put } satisfies AtConsumer,
    noted: { object: `${range}.json.zst`, source, shard, first: '1', last: '9999', records: [] } satisfies Noted,
  };
};

const aside = ({ text, expected }: Line, place: Omit<Aside, 'problems' | 'text'>): Aside => ({
  ...place,
  text,
  problems: expected.outcome === 'quarantined' ? [{ field: expected.field, reason: expected.reason }] : [],
});
