import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aLake, ndjson } from '@acme/laptop-aws/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { countQuarantined } from './count-quarantined.ts';
import { countLake } from './lake-counts.ts';

let dir: string;
let lake: ReturnType<typeof aLake>;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'counts-'));
  lake = aLake(dir);
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('counting', () => {
  it('tells rows from distinct events, and counts each event once by type, device and title', async () => {
    lake.table('streaming_events', {
      event_id: 'string',
      event_type: 'string',
      device_type: 'string',
      title_id: 'string',
    });
    const start = { event_id: 'a', event_type: 'start', device_type: 'tv', title_id: 't1' };
    const stop = { event_id: 'b', event_type: 'stop', device_type: 'tv', title_id: 't2' };
    lake.object('streaming_events/1.gz', ndjson(start, stop));
    lake.object('streaming_events/2.gz', ndjson(start));

    expect(await countLake({ dir })).toEqual({
      rows: 3,
      landed: 2,
      byEventType: { start: 1, stop: 1 },
      byDeviceType: { tv: 2 },
      byTitleId: { t1: 1, t2: 1 },
      unreadable: { count: 0, first: [] },
    });
  });

  it('counts only the events of a range of ids when asked to', async () => {
    lake.table('streaming_events', {
      event_id: 'string',
      event_type: 'string',
      device_type: 'string',
      title_id: 'string',
    });
    const event = { event_type: 'start', device_type: 'tv', title_id: 't1' };
    lake.object('streaming_events/1.gz', ndjson(...['a', 'b', "b'", 'c'].map((event_id) => ({ event_id, ...event }))));

    expect(await countLake({ dir, ids: ['b', "b'"] })).toMatchObject({ rows: 2, landed: 2, byTitleId: { t1: 2 } });
  });

  it('finds nothing in an empty lake', async () => {
    lake.table('streaming_events', {
      event_id: 'string',
      event_type: 'string',
      device_type: 'string',
      title_id: 'string',
    });
    const nothing = { rows: 0, landed: 0, byEventType: {}, byDeviceType: {}, byTitleId: {} };
    expect(await countLake({ dir })).toEqual({ ...nothing, unreadable: { count: 0, first: [] } });
  });

  it('counts refused records by their lines', async () => {
    expect(await countQuarantined({ dir, bucket: 'lake', prefix: 'quarantine/' })).toBe(0);
    lake.object('quarantine/a/1.ndjson', ndjson({ reason: 'x' }, { reason: 'y' }));
    lake.object('quarantine/b/2.ndjson', '{"reason":"no newline at the end"}');
    lake.object('telemetry/other', ndjson({}));

    expect(await countQuarantined({ dir, bucket: 'lake', prefix: 'quarantine/' })).toBe(3);
  });
});
