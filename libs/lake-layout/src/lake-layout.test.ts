import { describe, expect, it } from '@jest/globals';
import {
  checksumsKey,
  compactedHourOf,
  compactedKey,
  dateIn,
  dayOfRunFile,
  enrichedKey,
  hourAt,
  hourFolder,
  hourIn,
  isEnriched,
  isManifest,
  ledgerHourOf,
  ledgerKey,
  manifestKey,
  quarantineKey,
  rawAside,
  rawFolder,
  rawHourOf,
  rawObjectOf,
  rawRoots,
  roots,
  runFolder,
  runRoot,
  startOf,
  tableRoots,
  wholeTableKey,
} from './index.ts';

const hour = '2026-11-21T09';
const md5 = '0123456789abcdef0123456789abcdef';

describe('the places of the lake', () => {
  it('are these', () => {
    const entry = { writer: 'lake-loader', source: 'views', atMs: startOf(hour), name: 'shard-1/7-9' };
    expect([
      `${rawFolder('viewing', hour)}a.gz`,
      `${rawFolder('clickstream', hour)}b.gz`,
      enrichedKey('viewing', hour, 'c'),
      wholeTableKey('titles'),
      `${runFolder('f00')}date=2026-11-20/d.parquet`,
      manifestKey('telemetry', '2026-11-20'),
      compactedKey(hour),
      checksumsKey('run-f00'),
      ledgerKey(entry),
      quarantineKey('producer', 'call'),
      ...Object.values(rawAside(`${rawFolder('viewing', hour)}a.gz`, md5)),
    ]).toEqual([
      'telemetry/year=2026/month=11/day=21/hour=09/a.gz',
      'clickstream/year=2026/month=11/day=21/hour=09/b.gz',
      'enriched-data/family=viewing/year=2026/month=11/day=21/hour=09/c.ndjson.gz',
      'tables/titles/part-00000.parquet',
      'tables/telemetry/run-f00/date=2026-11-20/d.parquet',
      'manifests/telemetry/date=2026-11-20/files.txt',
      'compaction/telemetry/2026-11-21T09.json',
      'checksums/telemetry/run-f00.json',
      'ledger/lake-loader/views/hour=2026-11-21T09/shard-1/7-9.json.zst',
      'quarantine/producer/call.ndjson',
      `quarantine/lake-compaction/telemetry/year=2026/month=11/day=21/hour=09/a.gz/${md5}.ndjson`,
      `quarantine/lake-compaction/telemetry/year=2026/month=11/day=21/hour=09/a.gz/${md5}.bytes`,
    ]);
  });

  it('begin apart from each other, so that a grant on one is none on another', () => {
    const all = [...Object.values(roots), ...Object.values(rawRoots)];
    const within = all.flatMap((one) => all.filter((other) => other !== one && other.startsWith(one)));
    expect(within).toEqual([]);
    expect(all.filter((root) => !root.endsWith('/'))).toEqual([]);
  });

  it('that readers of the tables get are the tables’ alone', () => {
    expect([...tableRoots].sort()).toEqual(['clickstream/', 'enriched-data/', 'manifests/', 'tables/', 'telemetry/']);
  });
});

describe('a place that is read back', () => {
  const place = `${rawFolder('viewing', hour)}a.gz`;

  it('gives what it was made of', () => {
    expect(rawHourOf('viewing', place)).toBe(hour);
    expect(hourIn(enrichedKey('clickstream', hour, 'c'))).toBe(hour);
    expect(hourIn(`C:\\lake\\${place.replaceAll('/', '\\')}`)).toBe(hour);
    expect(compactedHourOf(compactedKey(hour))).toBe(hour);
    expect(dateIn(manifestKey('telemetry', '2026-11-20'))).toBe('2026-11-20');
    expect(dayOfRunFile(`s3://lake/${runRoot}1/date=2026-11-20/d`)).toBe('2026-11-20');
    expect(rawObjectOf(rawAside(place, md5).lines)).toBe(place);
    const entry = { writer: 'receipts', source: 'views', atMs: startOf(hour) + 1, name: 'call-1' };
    expect(ledgerHourOf(ledgerKey(entry))).toBe(hour);
    expect(hourAt(startOf(hour) + 3_599_999)).toBe(hour);
  });

  it('gives nothing where it is not one of these', () => {
    expect(rawHourOf('clickstream', place)).toBeUndefined();
    expect(rawHourOf('viewing', rawFolder('viewing', hour))).toBeUndefined();
    expect(rawHourOf('viewing', `aside/${place}`)).toBeUndefined();
    expect(rawHourOf('viewing', 'telemetry/year=26/month=11/day=21/hour=09/a')).toBeUndefined();
    expect(hourIn(`xyear=${hourFolder(hour).slice(5)}a`)).toBeUndefined();
    expect(dateIn('manifests/telemetry/date=soon/files.txt')).toBeUndefined();
    expect(dayOfRunFile(`${runRoot}1/date=2026-11-20/_d`)).toBeUndefined();
    expect(ledgerHourOf('ledger/receipts/views/hour=2026-13-99T77/x.json.zst')).toBeUndefined();
    expect(ledgerHourOf('quarantine/receipts/views/hour=2026-11-21T09/x')).toBeUndefined();
  });

  it('tells its kind', () => {
    expect([isManifest(manifestKey('telemetry', '2026-11-20')), isManifest('manifests/telemetry/x')]).toEqual([
      true,
      false,
    ]);
    expect([isEnriched(enrichedKey('viewing', hour, 'c')), isEnriched('enriched-data/c')]).toEqual([true, false]);
  });
});
