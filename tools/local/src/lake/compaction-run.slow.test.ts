// How the loader's compaction runs: again, in time, past what fails or cannot be read, and what it leaves and deletes.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { checksumsFolder, compactedFolder } from '@acme/lake-layout';
import { WrittenFiles } from '@acme/lambda-kit';
import { aViewingEvent } from '@acme/telemetry-schema/testing';
import { StartQueryExecutionCommand, StopQueryExecutionCommand } from '@aws-sdk/client-athena';
import { GetObjectCommand, type ListObjectsV2Output } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLake } from './a-lake.fixture.ts';

let lake: Awaited<ReturnType<typeof aLake>>;
beforeEach(async () => {
  lake = await aLake();
});
afterEach(() => lake.close());

const on = (date: string, ...ids: string[]) =>
  ids.map((event_id) => aViewingEvent({ event_id, event_timestamp: `${date}T09:30:00.000Z` }));

describe('a run of compaction', () => {
  it('changes nothing when it runs again, also when it is told to do the hours again', async () => {
    await lake.land('2026-11-21T09', on('2026-11-21', 'a', 'b'));
    await lake.compact();
    const before = await lake.manifests();

    expect(await lake.compact()).toMatchObject({ hours: 0, rawBytes: 0, files: 0 });
    expect(await lake.compact({ order: { from: '2026-11-21T00:00:00Z' } })).toMatchObject({
      hours: 1,
      files: 0,
    });
    expect(await lake.manifests()).toEqual(before);
  });

  it('knows by the times of objects and notes which hours have nothing new, and reads a note only to be sure', async () => {
    for (const hour of ['08', '09']) await lake.land(`2026-11-21T${hour}`, on('2026-11-21', hour));
    await lake.compact();
    const hourMs = 3_600_000;
    /** The notes that a run reads and writes when raw objects, but for some, and notes are so old. */
    const runWith = async ({ young = /none/, notesMs = 0 } = {}) => {
      const [read, written]: [string[], string[]] = [[], []];
      const send = async (command: object): Promise<unknown> => {
        const answer = await lake.s3.send(command as GetObjectCommand);
        const { Key = '', Prefix } = (command as { input: { Key?: string; Prefix?: string } }).input;
        if (Key.startsWith(compactedFolder))
          (command instanceof GetObjectCommand ? read : written).push(Key.slice(compactedFolder.length, -5));
        for (const object of (answer as ListObjectsV2Output).Contents ?? []) {
          if (Prefix === 'telemetry/' && !young.test(object.Key ?? ''))
            object.LastModified = new Date(Date.now() - 3 * hourMs);
          if (Prefix === compactedFolder) object.LastModified = new Date(Date.now() - notesMs);
        }
        return answer;
      };
      const s3 = new Proxy(lake.s3, {
        get: (client, name) => (name === 'send' ? send : Reflect.get(client, name)),
      });
      const { hours } = await lake.compact({ s3 });
      return { read, written, hours };
    };
    const both = ['2026-11-21T08', '2026-11-21T09'];

    expect(await runWith({ young: /hour=/ })).toEqual({ read: both, written: [], hours: 0 });
    expect(await runWith({ notesMs: 3 * hourMs })).toEqual({ read: both, written: both, hours: 0 });
    expect(await runWith()).toEqual({ read: [], written: [], hours: 0 });
    await lake.land('2026-11-21T08', on('2026-11-21', 'new'));
    const late = await runWith({ young: /hour=08/ });
    expect(late).toEqual({ read: ['2026-11-21T08'], written: ['2026-11-21T08'], hours: 1 });
    expect(await lake.telemetry()).toEqual({ '2026-11-21': ['08', '09', 'new'] });
  });

  it('takes on schedule only hours that were over, and by hand the one that is filling too', async () => {
    const hour = new Date().toISOString().slice(0, 13);
    await lake.land(hour, on(hour.slice(0, 10), 'a'));

    expect(await lake.compact({ order: { scheduledTime: `${hour}:20:00Z` } })).toMatchObject({
      hours: 0,
      isDone: true,
    });
    expect(await lake.compact()).toMatchObject({ hours: 1, files: 1 });
  });

  it('writes more days than one UNLOAD may', async () => {
    const days = Array.from({ length: 230 }, (_, day) =>
      new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
    );
    await lake.land(
      '2026-11-21T09',
      days.flatMap((day) => on(day, `event-${day}`)),
    );

    expect(await lake.compact()).toMatchObject({ files: 230, dates: days });
    expect(Object.keys(await lake.telemetry())).toEqual(days);
  });

  it('goes on without what nobody can read, names it, puts it aside, and leaves the hour readable for everybody', async () => {
    const folder = 'telemetry/year=2026/month=11/day=21/hour=09/';
    const line = (id: string, more = ''): string => `${JSON.stringify(on('2026-11-21', id)[0]).slice(0, -1)}${more}}\n`;
    const nested = `,"x":${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`;
    const mixed = gzipSync(
      [
        line('good-1'),
        'garbage\n',
        line('twice', ',"n":1,"n":2'),
        '{"event_id":"x","event_timestamp":"yesterday"}\n',
        '[1]\n',
        line('deep', nested),
        line('good-2'),
      ].join(''),
    );
    const many = Array.from({ length: 5_000 }, (_, at) => line(`torn-${at}-${Math.sin(at)}`));
    const torn = gzipSync(many.join('')).subarray(0, 20_000);
    await lake.put(`${folder}mixed.gz`, mixed);
    await lake.put(`${folder}no.gz`, 'no gzip');
    await lake.put(`${folder}torn.gz`, torn);
    await lake.land('2026-11-21T08', on('2026-11-21', 'before'));
    await lake.land('2026-11-21T10', on('2026-11-21', 'behind'));

    expect(await lake.compact()).toMatchObject({
      hours: 3,
      isDone: true,
      mended: 2,
      aside: {
        count: 5,
        names: [
          `${folder}mixed.gz line 2: it is no JSON`,
          `${folder}mixed.gz line 4: event_timestamp is no instant in UTC`,
          `${folder}mixed.gz line 5: it is JSON, but no object`,
          `${folder}no.gz: it is no gzip, as its name says`,
          `${folder}torn.gz: its gzip is cut off`,
        ],
      },
    });
    const ids = (await lake.telemetry())['2026-11-21'] ?? [];
    const neighbours = ['before', 'behind', 'deep', 'good-1', 'good-2', 'twice'];
    expect(ids.filter((id) => !id.startsWith('torn-'))).toEqual(neighbours);
    expect(ids.length).toBeGreaterThan(neighbours.length + 100);
    const where = `year = '2026' AND month = '11' AND day = '21'`;
    const rows = await lake.rows(`SELECT count(*), count(event_id) FROM streaming_events WHERE ${where}`);
    expect(rows).toEqual([[String(ids.length), String(ids.length)]]);

    const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');
    const aside = (name: string, bytes: Buffer): string[] =>
      ['bytes', 'ndjson'].map((ending) => `quarantine/lake-compaction/${folder}${name}/${md5(bytes)}.${ending}`);
    expect(await lake.keys('quarantine/')).toEqual([
      ...aside('mixed.gz', mixed),
      ...aside('no.gz', Buffer.from('no gzip')),
      ...aside('torn.gz', torn),
    ]);
    expect(await lake.bytes(aside('torn.gz', torn)[0] as string)).toEqual(torn);
    const [garbage] = (await lake.bytes(aside('mixed.gz', mixed)[1] as string)).toString().split('\n');
    expect(JSON.parse(garbage as string)).toMatchObject({
      index: 1,
      class: 'undecodable',
      problems: [{ field: '(line)', reason: 'it is no JSON' }],
      raw: Buffer.from('garbage').toString('base64'),
    });

    expect(await lake.compact()).toMatchObject({ hours: 0, aside: { count: 0, names: [] } });
    await lake.land('2026-11-21T09', on('2026-11-21', 'restored'), 'no.gz'); // the object as it should have been
    expect(await lake.compact()).toMatchObject({ hours: 1, aside: { count: 0, names: [] } });
    expect((await lake.telemetry())['2026-11-21']).toContain('restored');
  });

  it('does all other hours when one fails, names it, and does it once it can', async () => {
    for (const hour of ['08', '09', '10']) await lake.land(`2026-11-21T${hour}`, on('2026-11-21', hour));
    const client = new Proxy(lake.client, {
      get: (athena, name) =>
        name !== 'send'
          ? Reflect.get(athena, name)
          : async (command: StartQueryExecutionCommand) => {
              const answer = await athena.send(command);
              if (command instanceof StartQueryExecutionCommand && /hour = '09'/.test(command.input.QueryString ?? ''))
                await athena.send(new StopQueryExecutionCommand(answer as { QueryExecutionId: string }));
              return answer;
            },
    });

    await expect(lake.compact({ client })).rejects.toThrow(
      /1 of the hours failed: 2026-11-21T09; .*query [\w-]+ CANCELLED/,
    );
    expect(await lake.telemetry()).toEqual({ '2026-11-21': ['08', '10'] });
    expect(await lake.compact()).toMatchObject({ hours: 1, isDone: true });
    expect(await lake.telemetry()).toEqual({ '2026-11-21': ['08', '09', '10'] });
  });

  it('notes the MD5 of every file that it writes, before a manifest lists it', async () => {
    await lake.land('2026-11-21T09', [...on('2026-11-21', 'a'), ...on('2026-11-20', 'b')]);
    await lake.compact();
    const files = Object.values(await lake.manifests()).flat();
    const noted: Record<string, string> = {};
    for (const key of await lake.keys(checksumsFolder))
      Object.assign(noted, WrittenFiles.parse(JSON.parse((await lake.bytes(key)).toString())).files);

    expect(files).toHaveLength(2);
    for (const file of files) {
      const key = file.slice('s3://lake/'.length);
      expect(noted[key]).toBe(
        createHash('md5')
          .update(await lake.bytes(key))
          .digest('hex'),
      );
    }
  });

  it('stops in time and goes on in the next run', async () => {
    for (const hour of ['08', '09']) await lake.land(`2026-11-21T${hour}`, on('2026-11-21', hour));

    expect(await lake.compact({ deadlineMs: Date.now() + 20_000 })).toMatchObject({ hours: 0, isDone: false });
    expect(await lake.compact()).toMatchObject({ hours: 2, isDone: true });
  });

  it('deletes what a run has left in no manifest, once no run can mean to use it, and nothing else', async () => {
    await lake.land('2026-11-21T09', on('2026-11-21', 'a'));
    await lake.compact();
    const seeded = 'tables/telemetry/seeded/date=2026-11-21/0.parquet';
    const left = 'tables/telemetry/run-left/date=2026-11-21/part';
    await lake.put(seeded, 'rows');
    await lake.put(left, 'rows');
    const [file = ''] = (await lake.manifests())['2026-11-21'] ?? [];
    const kept = [seeded, file.slice('s3://lake/'.length)].sort();

    await lake.compact();
    expect(await lake.keys('tables/telemetry/')).toEqual([...kept, left].sort());
    await lake.compact({ nowMs: Date.now() + 3 * 86_400_000 });
    expect((await lake.keys('tables/telemetry/')).sort()).toEqual(kept);
  });
});
