import { setTimeout as wait } from 'node:timers/promises';
import {
  clickstreamEventId,
  clickstreamKey,
  faultyClickstreamKey,
  type FaultyClickstreamKey,
  openUniverse,
  someOfEach,
} from '@acme/synthetic';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { minorUnitsSql } from '@acme/telemetry-schema';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPlace, type Place, type Running } from './platform.fixture.ts';
import { aViewer } from './viewer.fixture.ts';

const timeout = 120_000;
const range = { from: 1000, count: 3000 };

describe('the clickstream on the platform', () => {
  let place: Place;
  let platform: Running;
  beforeAll(async () => {
    place = await aPlace();
    platform = await place.start('--rate', '0', '--schedules', 'off');
  }, timeout);
  afterAll(() => place.close());

  /** Asks again until the rows are there: Firehose gathers for a while. */
  const eventually = async <Row>(
    statement: string,
    isThere: (rows: readonly Row[]) => boolean,
  ): Promise<readonly Row[]> => {
    for (;;) {
      const rows = (await place.sql(statement).catch(() => [])) as readonly Row[];
      if (isThere(rows)) return rows;
      await wait(500);
    }
  };

  it(
    'lands what the generator made, faults and all, as the answer key says',
    async () => {
      const key = faultyClickstreamKey(openUniverse(7), { ...range, dial: someOfEach });
      expect(
        await place.invoke('acme-data-generator', { family: 'clickstream', seed: 7, ...range, dial: someOfEach }),
      ).toEqual({
        family: 'clickstream',
        seed: 7,
        from: 1000,
        generated: key.lines,
        accepted: key.lines - key.quarantine.total,
        rejected: key.quarantine.total,
      });

      const ours = `event_id BETWEEN '${clickstreamEventId(7, 1000)}' AND '${clickstreamEventId(7, 3999)}'`;
      const landed = `FROM (SELECT DISTINCT event_id, event_type, device_type, page_url, currency, amount
                            FROM clickstream_events WHERE ${ours})`;
      await eventually<{ n: number }>(`SELECT COUNT(*) AS n ${landed}`, ([row]) => row?.n === key.land.events);
      const counts = async (column: string, of: string, amount = 'COUNT(*)') =>
        Object.fromEntries(
          (await place.sql(`SELECT ${column} AS name, ${amount} AS n ${landed} WHERE ${of} GROUP BY 1`)).map(
            ({ name, n }) => [name, n],
          ),
        );
      const { byType, byDevice, byPage, purchasesByCurrency, revenueByCurrency }: FaultyClickstreamKey['land'] =
        key.land;
      expect({
        byType: await counts('event_type', 'true'),
        byDevice: await counts('device_type', 'true'),
        byPage: await counts('page_url', "event_type = 'page_view'"),
        purchasesByCurrency: await counts('currency', "event_type = 'purchase'"),
        revenueByCurrency: await counts(
          'currency',
          "event_type = 'purchase'",
          `CAST(SUM(${minorUnitsSql('amount', 2)}) AS INTEGER)`,
        ),
      }).toEqual({ byType, byDevice, byPage, purchasesByCurrency, revenueByCurrency });
    },
    timeout,
  );

  it(
    'is counted in the live view, beside viewing events and not among them',
    async () => {
      const { socket, messages } = await aViewer(place.port);
      await wait(1_500); // the list of viewers is read once a second
      await place.invoke('acme-data-generator', { family: 'clickstream', seed: 8, from: 0, count: 300 });
      const counts = (type: string): number =>
        messages
          .filter(({ kind }) => kind === 'clicks')
          .reduce((sum, { byType }) => sum + ((byType as Record<string, number>)[type] ?? 0), 0);
      const { byType } = clickstreamKey(openUniverse(8), { from: 0, count: 300 });
      while (counts('page_view') < byType.page_view || counts('click') < byType.click) await wait(50);
      const viewing = messages.filter(({ kind }) => kind === 'events');
      expect(viewing.filter(({ byType: types }) => 'page_view' in (types as object))).toEqual([]);
      socket.close();
    },
    timeout,
  );

  it(
    'lands what the reference systems put straight on the stream, each with an id from its position',
    async () => {
      const client = new KinesisClient(place.client);
      const put = (data: string, PartitionKey: string) =>
        client.send(
          new PutRecordCommand({ StreamName: 'real-time-analytics-stream', Data: Buffer.from(data), PartitionKey }),
        );
      const r3 =
        '{"eventType":"page_view","userId":"user_1234","timestamp":"2026-01-01T12:00:00Z","pageUrl":"/home","loadTime":1200}';
      const r4 = `{
        "event_type": "page_view",
        "user_id": "user123",
        "page": "/product/abc123",
        "timestamp": "2026-01-01T12:00:01Z",
        "session_id": "session_xyz"
    }`;
      await put(r3, 'user_1234');
      await put(r3, 'user_1234');
      await put(r4, 'user123');
      await put('{"event_type":"PAGE_VIEW"}', 'nobody');
      client.destroy();

      const statement = `SELECT event_id, event_timestamp, user_id, page_url, load_time, session_id FROM clickstream_events
                         WHERE user_id LIKE 'user%' ORDER BY user_id DESC, event_id`;
      const rows = await eventually<{ event_id: string }>(statement, ({ length }) => length >= 3);
      const event_id = expect.stringMatching(/^at-[0-9a-f]{32}$/);
      const first = {
        event_id,
        event_timestamp: '2026-01-01T12:00:00Z',
        user_id: 'user_1234',
        page_url: '/home',
        load_time: 1200,
        session_id: null,
      };
      expect(rows).toEqual([
        first,
        first,
        {
          event_id,
          event_timestamp: '2026-01-01T12:00:01Z',
          user_id: 'user123',
          page_url: '/product/abc123',
          load_time: null,
          session_id: 'session_xyz',
        },
      ]);
      expect(new Set(rows.map((row) => row.event_id)).size).toBe(3);
    },
    timeout,
  );

  it(
    'has nothing lost on either stream, says the audit',
    async () => {
      expect(await platform.kill('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
      expect(await place.startToEnd('--rate', '200', '--for', '2s')).toMatchObject({ code: 0, stderr: '' });
      const { code, stdout } = await place.run('tools/audit/src/main.ts', '--dir', place.dir);
      expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing lost') });
    },
    timeout,
  );
});
