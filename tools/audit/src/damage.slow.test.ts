// What an audit makes of objects that are damaged, or that somebody else has put there.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checksumsKey, compactedKey } from '@acme/lake-layout';
import { aLake, aRecord } from './a-lake.fixture.ts';
import { aTelemetry } from './a-telemetry.fixture.ts';
import { audit } from './audit.ts';
import type { Objects } from './objects.ts';
import { writtenFileFindings } from './listed-files.ts';
import { rowFindings } from './row-findings.ts';
import { type ObjectSink, type Sink, sinks as all } from './sinks.ts';

const sinks = all.filter(({ consumer }) => ['lake-loader', 'enricher'].includes(consumer));
const run = 'tables/telemetry/run-1/date=2026-01-31/part-0';
const ids = Array.from({ length: 60 }, (_, at) => `event-${at}-${Math.sin(at)}`.replace(/[^\w-]/g, '.'));
let lake: ReturnType<typeof aLake>;
let telemetry: ReturnType<typeof aTelemetry>;
let raw: string;
let enriched: string;
let receipt: string;
let entry: string;

beforeEach(async () => {
  lake = aLake();
  telemetry = aTelemetry(lake.objects);
  const record = aRecord(0, ids);
  receipt = await lake.call('request-1', [record]);
  lake.see([record]);
  ({ rows: raw, ledger: entry } = await lake.take([record]));
  ({ rows: enriched } = await lake.take([record], {
    sink: sinks.find(({ consumer }) => consumer === 'enricher') as Sink,
  }));
  await telemetry.file(run, ids);
  telemetry.noted('run-1', [run]);
  telemetry.list([run]);
  telemetry.compacted([raw]);
});
afterEach(() => lake.close());

const audited = (objects: Objects = lake.objects) => audit({ ...lake.stores, objects }, sinks);
const off = async (objects?: Objects): Promise<string[]> =>
  (await audited(objects)).findings.flatMap(({ where, what, count, names }) => [
    `${where}: ${count} ${what}`,
    ...names.map((name) => ` ${name}`),
  ]);

/** Flips a bit of an object, asks, and flips it back. */
const withFlippedBit = async <Result>(key: string, bit: number, ask: () => Promise<Result>): Promise<Result> => {
  const whole = readFileSync(lake.fileOf(key));
  const flipped = Buffer.from(whole);
  flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
  writeFileSync(lake.fileOf(key), flipped);
  try {
    return await ask();
  } finally {
    writeFileSync(lake.fileOf(key), whole);
  }
};
/** Some hundred bits of an object: those of its first bytes, and others all over it. */
const someBits = (key: string): number[] => {
  const bits = readFileSync(lake.fileOf(key)).length * 8;
  const step = Math.max(1, Math.floor(bits / 300) | 1);
  return Array.from({ length: bits }, (_, at) => at).filter((at) => at < 88 || at % step === 0 || at >= bits - 64);
};

describe('a bit that has flipped', () => {
  it.each(sinks as ObjectSink[])(
    'in a gzip of the rows of $consumer is named, unless it changes nothing of them',
    async (sink) => {
      const key = sink.consumer === 'enricher' ? enriched : raw;
      const whole = gunzipSync(readFileSync(lake.fileOf(key)));
      const unseen: number[] = [];
      for (const bit of someBits(key)) {
        await withFlippedBit(key, bit, async () => {
          const [finding] = await rowFindings(lake.objects, sink, {});
          if (finding?.names.some((name) => name.startsWith(key))) return;
          // Bits of gzip's head say when it was made, and where.
          if (!gunzipSync(readFileSync(lake.fileOf(key))).equals(whole)) unseen.push(bit);
        });
      }
      expect(unseen).toEqual([]);
    },
  );

  it('in a Parquet file of telemetry is named', async () => {
    const unseen: number[] = [];
    for (const bit of someBits(run)) {
      await withFlippedBit(run, bit, async () => {
        const findings = await writtenFileFindings(lake.objects, [lake.fileOf(run)]);
        if (findings[0]?.names[0] !== `s3://lake/${run}`) unseen.push(bit);
      });
    }
    expect(unseen).toEqual([]);
  });

  it.each(['raw', 'enriched', 'Parquet'])('does not end an audit, which names the object: %s', async (which) => {
    const key = { raw, enriched, Parquet: run }[which] as string;
    const bits = readFileSync(lake.fileOf(key)).length * 8;
    for (const share of [0.1, 0.25, 0.5, 0.75, 0.9, 0.95]) {
      const lines = await withFlippedBit(key, Math.floor(bits * share), () => off());
      expect(lines.filter((line) => line.includes(key))).not.toEqual([]);
    }
  });

  it('in anything that an audit reads is named where the store knows the MD5', async () => {
    const md5 = (key: string): string =>
      createHash('md5')
        .update(readFileSync(lake.fileOf(key)))
        .digest('hex');
    const manifest = 'manifests/telemetry/date=2026-01-31/files.txt';
    const keys = [raw, enriched, run, receipt, entry, compactedKey('2026-01-31T12'), checksumsKey('run-1'), manifest];
    const known = new Map(keys.map((key) => [key, md5(key)]));
    let asked = 0;
    const etags = { of: (key: string) => [known.get(key) ?? []].flat(), refresh: async () => void (asked += 1) };
    const objects = { ...lake.objects, etags };

    expect(await off(objects)).toEqual([]);
    for (const key of keys) {
      const lines = await withFlippedBit(key, 8 * 8 + 3, () => off(objects));
      expect(lines.filter((line) => line.includes(key))).not.toEqual([]);
    }
    expect(asked).toBeGreaterThan(0);
    known.set(raw, `${md5(raw)}-2`); // of an upload in parts, which is no MD5
    expect(await off(objects)).toEqual([]);
  });

  it('is not taken for one when an object was written anew meanwhile', async () => {
    let stale = '0'.repeat(32);
    const etags = {
      of: (key: string) => (key === raw ? [stale] : []),
      refresh: async () => {
        stale = createHash('md5')
          .update(readFileSync(lake.fileOf(raw)))
          .digest('hex');
      },
    };
    expect(await off({ ...lake.objects, etags })).toEqual([]);
  });
});

describe('what nobody can read', () => {
  const event = (id: string, fields = ''): string =>
    `{"event_id":"${id}","event_timestamp":"2026-01-31T11:59:00Z"${fields}}`;
  const folder = 'telemetry/year=2026/month=01/day=31/hour=12/';

  it('of lines in raw objects is named by object and line, and the audit goes on without it', async () => {
    const nested = (open: string, close: string): string => `,"x":${open.repeat(30_000)}1${close.repeat(30_000)}`;
    const lines = [
      event(ids[0] as string),
      'garbage',
      event('twice', ',"x":1,"x":2'),
      event('half', String.raw`,"note":"cut \ud83d"`),
      event('deep', nested('{"a":', '}')),
      event('deeper', nested('[', ']')),
      '[1]',
      `${event('joined-1')}${event('joined-2')}`,
    ];
    const key = lake.put(`${folder}foreign.gz`, gzipSync(lines.join('\n')));
    telemetry.compacted([raw, key]);

    expect((await off()).filter((line) => line.startsWith(` ${key}`))).toEqual([
      ` ${key} line 2: it is no JSON`,
      ` ${key} line 3: a key stands twice`,
      ` ${key} line 4: it has half of a surrogate pair`,
      ` ${key} line 5: it is nested more than 64 levels deep`,
      ` ${key} line 6: it is nested more than 64 levels deep`,
      ` ${key} line 7: it is JSON, but no object`,
      ` ${key} line 8: another object follows on its line`,
    ]);
    expect((await audited()).hours.at(-1)?.telemetry).toEqual({ good: 60, there: 60, waiting: 0, before: 0 });
  });

  it('of whole objects is named', async () => {
    const whole = readFileSync(lake.fileOf(raw));
    const garbage = lake.put(`${folder}garbage.gz`, 'garbage');
    const torn = lake.put(`${folder}torn.gz`, whole.subarray(0, whole.length / 2));
    const plain = lake.put(`${folder}plain.json`, `${event(ids[0] as string)}\n`);
    lake.put(`${folder}_hidden.gz`, 'nobody reads it');

    expect(await off()).toEqual([
      'lake-loader: 2 lines and objects of its rows that cannot be read',
      ` ${garbage}: it is no gzip, as its name says`,
      ` ${torn}: its gzip is cut off`,
    ]);
    expect(plain).toContain('plain.json');
  });

  it.each([
    ['ledger', () => receipt, 'torn', 'ledger: 1 entries that cannot be read'],
    ['ledger', () => entry, 'torn', 'ledger: 1 entries that cannot be read'],
    [
      'quarantine',
      () => 'quarantine/lake-loader/x.ndjson',
      '{"index":0}\nnothing\n',
      'quarantine: 1 objects that cannot be read',
    ],
    ['note of an hour', () => compactedKey('2026-01-31T12'), '{"hour":', 'compaction: 1 notes that cannot be read'],
    ['note of files', () => checksumsKey('run-1'), '[]', 'telemetry: 1 notes of its files that cannot be read'],
    ['Parquet', () => run, 'PAR1 nothing PAR1', 'telemetry: 1 files that cannot be read'],
    [
      'manifest',
      () => 'manifests/telemetry/date=2026-01-31/files.txt',
      `s3://lake/${run}\ngarbage\ns3://lake/../../x\n`,
      'telemetry: 2 lines of manifests that name no file of the bucket',
    ],
  ])('of a %s is a finding by name', async (_, keyOf, bytes, finding) => {
    const key = keyOf();
    lake.put(key, bytes);
    const lines = await off();
    expect(lines).toContain(finding);
    expect(lines[lines.indexOf(finding) + 1]).toContain(key);
  });
});

describe('events before the first day of a table', () => {
  it('are told by count and by name, and nothing is wrong with them', async () => {
    const old = aRecord(1, ['old-1', 'old-2']);
    await lake.call('request-2', [old]);
    lake.see([old]);
    const happenedAt = '2001-02-03T04:05:06Z';
    const landed = await lake.take([old], { happenedAt });
    await lake.take([old], { happenedAt, sink: sinks[1] as Sink });
    telemetry.compacted([raw, landed.rows]);

    const { isRight, notes } = await audited();
    expect({ isRight, notes: notes.map(({ where, count, names }) => [where, count, names]) }).toEqual({
      isRight: true,
      notes: [
        ['telemetry', 2, ['old-1', 'old-2']],
        ['enricher', 2, ['old-1', 'old-2']],
      ],
    });
  });
});
