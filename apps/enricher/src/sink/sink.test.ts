import { gunzipSync } from 'node:zlib';
import { recordsOf, type SourceRecord } from '@acme/lambda-kit';
import { transports } from '@acme/lambda-kit/testing';
import { anEnrichedEvent } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { patiently } from '../lookup/some-lookups.fixture.ts';
import { hourObjects } from './hour-objects.ts';
import { bytesOf, type PutObject, putRows } from './put-rows.ts';

const at = (event_id: string, event_timestamp: string) => anEnrichedEvent({ event_id, event_timestamp });
const rows = [
  at('a', '2026-11-21T09:59:59.999Z'),
  at('b', '2026-11-21T10:00:00Z'),
  at('c', '2000-01-01T00:00:00Z'),
  at('d', '2026-11-21T09:00:00.000001Z'),
];

describe.each(transports)('the objects of a batch on %s', (transport, aBatch) => {
  const batch = recordsOf(aBatch(['1', '2', '3'])) as [SourceRecord, ...SourceRecord[]];
  const name =
    transport === 'Kinesis'
      ? `acme-telemetry-stream.shardId-000000000000.4966${'0'.repeat(52)}-4966${'0'.repeat(51)}2`
      : 'acme-telemetry-stream.acme-telemetry-stream-0.9000-9002';

  it('are one for each hour of events, under a name that a retry of the batch gives again', () => {
    expect(
      hourObjects('viewing', batch, rows).map(({ key, rows: some }) => [key, some.map((row) => row.event_id)]),
    ).toEqual([
      [`enriched-data/family=viewing/year=2026/month=11/day=21/hour=09/${name}.ndjson.gz`, ['a', 'd']],
      [`enriched-data/family=viewing/year=2026/month=11/day=21/hour=10/${name}.ndjson.gz`, ['b']],
      [`enriched-data/family=viewing/year=2000/month=01/day=01/hour=00/${name}.ndjson.gz`, ['c']],
    ]);
    expect(hourObjects('viewing', batch, [])).toEqual([]);
  });
});

describe('putRows', () => {
  const objects = rows.map((row) => ({ key: row.event_id, rows: [row] }));
  const throttled = Object.assign(new Error('slow down'), { $metadata: { httpStatusCode: 503 } });
  const denied = Object.assign(new Error('denied'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });

  it('writes gzip of a line of JSON for each row, the same bytes for the same rows', async () => {
    const bytes = await bytesOf(rows);
    expect(gunzipSync(bytes).toString('utf8')).toBe(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    expect(await bytesOf(rows)).toEqual(bytes);
  });

  it('tries again what fails for a reason that passes, and only that', async () => {
    const written: string[] = [];
    let failures = 3;
    const put: PutObject = async (key) => {
      if (key === 'b' && failures-- > 0) throw throttled;
      written.push(key);
    };
    await putRows(objects, put, patiently);
    expect(written.sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  it.each([
    ['time is up', throttled, { ...patiently, backoff: () => undefined }],
    ['S3 refuses for good', denied, patiently],
  ])('throws what S3 said when %s, so that the batch comes again', async (_, error, patience) => {
    const put: PutObject = async () => {
      throw error;
    };
    await expect(putRows(objects, put, patience)).rejects.toBe(error);
  });
});
