import { derivedEventId, recordsOf, type SourceRecord } from '@acme/lambda-kit';
import { transports } from '@acme/lambda-kit/testing';
import { clickstreamRow } from '@acme/telemetry-schema';
import { aClickstreamEvent, aViewingEvent } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { clickstream, viewing } from './families.ts';
import { sortOut as sortOutFamily } from './sort-out.ts';

const arrivedAtMs = Date.UTC(2026, 0, 1, 12);
const sortOut = (records: readonly SourceRecord[]) => sortOutFamily(records, viewing);
const line = (event_id: string, event_timestamp = '2026-01-01T11:59:00.000Z') =>
  JSON.stringify(aViewingEvent({ event_id, event_timestamp }));

describe.each(transports)('sortOut on %s', (_, aBatch) => {
  it('takes every event of packed and single records in order', () => {
    const records = recordsOf(aBatch([`${line('a')}\n${line('b')}\n`, line('c')], { arrivedAtMs }));
    const [first, second] = records.map(({ position }) => position.sequence);
    expect(sortOut(records)).toEqual({
      good: [line('a'), line('b'), line('c')],
      refused: [],
      records: [
        { sequence: first, arrivedAtMs, in: 2, bad: 0, ids: ['a', 'b'] },
        { sequence: second, arrivedAtMs, in: 1, bad: 0, ids: ['c'] },
      ],
    });
  });

  it('lands what the contract has parsed, whatever the sender wrote beside it', () => {
    const sent = `\ufeff{"note":"cut \\ud83d","event_id":"first",${line('a').slice(1, -1)},"EVENT_ID":"other","x":${'['.repeat(9)}${']'.repeat(9)}}`;
    const pretty = JSON.stringify(JSON.parse(line('b')), null, 2);
    const { good, refused } = sortOut(recordsOf(aBatch([`${sent}\r\n${pretty}\n${line('c')}`], { arrivedAtMs })));
    expect({ good, refused }).toEqual({ good: [line('a'), line('b'), line('c')], refused: [] });
  });

  it('puts a bad line aside with its position and raw bytes, and its neighbours go on', () => {
    const records = recordsOf(aBatch([`${line('a')}\nnot json\n${line('b')}`], { arrivedAtMs }));
    const { good, refused, records: noted } = sortOut(records);
    expect(good).toEqual([line('a'), line('b')]);
    expect(noted).toMatchObject([{ in: 3, bad: 1, ids: ['a', 'b'] }]);
    expect(refused).toEqual([
      {
        index: 1,
        class: 'undecodable',
        problems: [{ field: '(event)', reason: expect.any(String) }],
        raw: Buffer.from('not json'),
        position: records[0]?.position,
      },
    ]);
  });

  it('keeps the raw bytes of lines that are not UTF-8, blank lines between them or not', () => {
    const noText = Buffer.from([0xff, 0xfe, 0x7b, 0xc3]);
    const record = Buffer.concat([Buffer.from(`${line('a')}\n \r\n`), noText, Buffer.from('\n\n'), noText]);
    const { good, refused } = sortOut(recordsOf(aBatch([record], { arrivedAtMs })));
    expect(good).toEqual([line('a')]);
    expect(refused.map(({ index, class: poison, raw }) => ({ index, poison, raw }))).toEqual([
      { index: 1, poison: 'undecodable', raw: noText },
      { index: 2, poison: 'undecodable', raw: noText },
    ]);
  });

  it('judges times against the arrival on the stream, so that a replay judges alike', () => {
    const fromTheFuture = line('a', '2026-01-01T12:06:00.000Z');
    expect(sortOut(recordsOf(aBatch([fromTheFuture], { arrivedAtMs }))).refused).toHaveLength(1);
    expect(sortOut(recordsOf(aBatch([fromTheFuture], { arrivedAtMs: arrivedAtMs + 120_000 }))).good).toEqual([
      fromTheFuture,
    ]);
  });
});

describe.each(transports)('sortOut of the clickstream on %s', (_, aBatch) => {
  const click = aClickstreamEvent('click', { timestamp: '2026-01-01T11:59:00.000Z' });

  it('gives rows of the table, whatever the spelling, and names events without an id by their position', () => {
    const [record] = recordsOf(
      aBatch([`${JSON.stringify(click)}\n{"EVENT_TYPE":"PAGE_VIEW","USER_ID":"u-1","PAGE":"/home"}`], { arrivedAtMs }),
    ) as [SourceRecord];
    const derived = derivedEventId(record.position, 1);
    const { good, refused, records } = sortOutFamily([record], clickstream);
    expect(good.map((row) => JSON.parse(row))).toEqual([
      clickstreamRow(click),
      {
        event_id: derived,
        event_timestamp: '2026-01-01T12:00:00.000Z',
        event_type: 'page_view',
        user_id: 'u-1',
        page_url: '/home',
      },
    ]);
    expect(refused).toEqual([]);
    expect(records).toMatchObject([{ in: 2, bad: 0, ids: [click.eventId, derived] }]);
  });

  it('puts a bad line aside, and its neighbours go on', () => {
    const records = recordsOf(aBatch([`{"eventType":"hover"}\n${JSON.stringify(click)}`], { arrivedAtMs }));
    const { good, refused } = sortOutFamily(records, clickstream);
    expect(good).toHaveLength(1);
    expect(refused.map(({ index, class: poison }) => ({ index, poison }))).toEqual([{ index: 0, poison: 'schema' }]);
  });
});
