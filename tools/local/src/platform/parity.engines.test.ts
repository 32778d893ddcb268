// The same events through the platform on Kinesis and through the platform on a real Kafka.
import { faultyAnswerKey, openUniverse, someOfEach } from '@acme/synthetic';
import { aViewingEvent } from '@acme/telemetry-schema/testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type CameThrough, throughATransport } from './through-a-transport.ts';

const seed = 7;
const range = { from: 0, count: 5_000, dial: someOfEach };
const key = faultyAnswerKey(openUniverse(seed), range);

const line = (event_id: string, only: object = {}): string =>
  JSON.stringify({ ...aViewingEvent({ event_id }), ...only });
/** The producer lets nothing bad onto the stream, so that others have to: three good events, three bad ones. */
const records = [
  Buffer.from(`${line('other-1')}\n`),
  Buffer.from('no JSON at all'),
  Buffer.from([0xff, 0xfe, 0x00, 0x7b, 0xc3]),
  Buffer.from(`${line('other-2')}\n${line('other-bad', { quality: '8K' })}\n\n${line('other-3')}\n`),
];
const [othersGood, othersBad] = [3, 3];

const rowsOf = ({ telemetry }: CameThrough): string[] => telemetry.trimEnd().split('\r\n').slice(1);
const refusedBy = ({ quarantine }: CameThrough, writer: string) => {
  const all = quarantine.map((text) => JSON.parse(text)).filter((refused) => refused.writer === writer);
  const byProblem: Record<string, number> = {};
  for (const { problems } of all) {
    const { field, reason } = problems[0];
    byProblem[`${field} ${reason}`] = (byProblem[`${field} ${reason}`] ?? 0) + 1;
  }
  return byProblem;
};

describe('the same seed through Kinesis and through Kafka', () => {
  let kinesis: CameThrough;
  let kafka: CameThrough;
  beforeAll(async () => {
    const sent = {
      order: { seed, ...range, at: new Date().toISOString() },
      records,
      lines: key.lines - key.quarantine.total + othersGood,
      events: key.land.events + othersGood,
      refused: key.quarantine.total + othersBad,
    };
    kinesis = await throughATransport('kinesis', sent);
    kafka = await throughATransport('kafka', sent);
  }, 400_000);

  it('gives the same curated table, byte for byte', () => {
    const [ofKinesis, ofKafka] = [rowsOf(kinesis), rowsOf(kafka)];
    expect(ofKafka.filter((row, index) => row !== ofKinesis[index]).slice(0, 3)).toEqual([]);
    expect(Buffer.compare(Buffer.from(kafka.telemetry), Buffer.from(kinesis.telemetry))).toBe(0);
  });

  it('gives as many events as the answer key says, each once, although some were sent twice', () => {
    expect(key.duplicates).toBeGreaterThan(0);
    for (const each of [kinesis, kafka]) {
      const ids = rowsOf(each).map((row) => row.slice(0, row.indexOf(',')));
      expect([ids.length, new Set(ids).size]).toEqual(Array(2).fill(key.land.events + othersGood));
      const { accepted, rejected } = each;
      const { total } = key.quarantine;
      expect({ accepted, rejected }).toEqual({ accepted: key.lines - total, rejected: total });
    }
  });

  it('puts the same bytes aside for the same reasons, those of the answer key', () => {
    expect(kafka.quarantine).toEqual(kinesis.quarantine);
    expect(refusedBy(kafka, 'producer')).toEqual(withoutZeros(key.quarantine.byProblem));
    expect(refusedBy(kafka, 'lake-loader')).toEqual({
      '(event) must be valid JSON': 1,
      '(event) must be UTF-8 text': 1,
      'quality must be one of SD, HD, 4K': 1,
    });
  });
});

const withoutZeros = (counts: Readonly<Record<string, number>>): object =>
  Object.fromEntries(Object.entries(counts).filter(([, times]) => times > 0));
