import type { AtConsumer, Evidence } from './evidence.ts';
import type { Aside } from './lake.ts';
import { type Line, linesOf } from './lines.ts';
import { keyIds } from './producer-promises.ts';
import { type Schedule, scheduleOf } from './schedule.ts';
import type { StreamRecord } from './stream.ts';

const shard = 'shardId-000000000000';
const range = `acme-telemetry-stream/${shard}/1-9999`;

/** What a small run leaves behind in which every promise is kept; a line a record, all in one shard. */
export const rightEvidence = (kind: Schedule['kind']): Evidence => {
  const schedule: Schedule = { ...scheduleOf(2), kind, calls: [200] };
  const handedOver = linesOf(schedule, Date.UTC(2026, 0, 31, 12));
  const made = handedOver.calls.flatMap(({ lines }) => lines);
  const isBad = ({ expected }: Line): boolean => expected.outcome === 'quarantined';
  const onStream = [...made.filter((line) => !isBad(line)), ...handedOver.others];
  const records: StreamRecord[] = onStream.map(({ text }, at) => ({ shard, sequence: `${at + 1}`, lines: [text] }));
  const refused = made.filter(isBad).map((line, index) => aside(line, { object: 'a-request.ndjson', index }));
  const put = onStream.flatMap((line, at) =>
    isBad(line) ? [aside(line, { object: `${range}.ndjson`, index: 0, shard, sequence: `${at + 1}` })] : [],
  );
  const loaded: AtConsumer = { landed: keyIds(onStream), aside: put };
  const seen: AtConsumer = { landed: records.map(({ sequence }) => `${shard} ${sequence} 1`), aside: [] };
  const ledger = [{ object: `${range}.json.zst`, shard, first: '1', last: '9999', records: [] }];
  return {
    schedule,
    handedOver,
    answered: { generated: made.length, accepted: made.length - refused.length, rejected: refused.length },
    records,
    byProducer: { once: refused, replayed: refused },
    atConsumer: {
      'lake-loader': { once: loaded, replayed: loaded, ledger },
      auditor: { once: seen, replayed: seen, ledger },
      'ws-consumer': { once: { landed: [], aside: [] }, replayed: { landed: [], aside: [] }, ledger: [] },
    },
    checkpoints: {},
    said: {},
  };
};

const aside = ({ text, expected }: Line, place: Omit<Aside, 'problems' | 'text'>): Aside => ({
  ...place,
  text,
  problems: expected.outcome === 'quarantined' ? [{ field: expected.field, reason: expected.reason }] : [],
});
