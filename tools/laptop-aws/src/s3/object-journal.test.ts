import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type ObjectFacts, ObjectJournal } from './object-journal.ts';

const factsOf = (key: string, contentLength: number): ObjectFacts => ({
  key,
  contentType: 'application/gzip',
  contentLength,
  etag: `"${contentLength}"`,
  lastModified: new Date('2026-11-21T09:00:00.000Z'),
  metadata: { shard: '7' },
});
let journal: ObjectJournal;

beforeEach(() => {
  journal = new ObjectJournal(join(mkdtempSync(join(tmpdir(), 'journal-')), 'objects.ndjson'));
});

describe('the journal of objects', () => {
  it('knows the last of what was put, by bucket and key', () => {
    journal.put('lake', factsOf('a/b', 1));
    journal.put('lake', factsOf('a/b', 2));
    journal.put('ledger', factsOf('a/b', 3));

    const known = journal.read();
    expect([known.factsOf('lake', 'a/b'), known.factsOf('ledger', 'a/b'), known.factsOf('lake', 'c')]).toEqual([
      factsOf('a/b', 2),
      factsOf('a/b', 3),
      undefined,
    ]);
  });

  it('knows what it knew before of an object whose bytes could not follow', () => {
    journal.put('lake', factsOf('a', 1));
    journal.put('lake', factsOf('a', 2));
    journal.withdraw('lake', 'a');
    journal.withdraw('lake', 'a');
    journal.put('lake', factsOf('b', 3));
    journal.withdraw('lake', 'b');

    const known = journal.read();
    expect([known.factsOf('lake', 'a'), known.factsOf('lake', 'b')]).toEqual([factsOf('a', 1), undefined]);
  });

  it('withdraws with the next line what the disk did not take', () => {
    journal.put('lake', factsOf('a', 1));
    journal.put('lake', factsOf('a', 2));
    renameSync(journal.file, `${journal.file}.away`);
    mkdirSync(journal.file); // where a file should be: nothing can be noted
    journal.withdraw('lake', 'a');
    expect(() => journal.put('lake', factsOf('b', 1))).toThrow('EISDIR');
    rmdirSync(journal.file);
    renameSync(`${journal.file}.away`, journal.file);
    journal.put('lake', factsOf('c', 3));

    const known = journal.read();
    expect(['a', 'b', 'c'].map((key) => known.factsOf('lake', key)?.contentLength)).toEqual([1, undefined, 3]);
  });

  it('knows all that may be true of the bytes of an object that changed lately, the last first', () => {
    for (const length of [1, 2, 3]) journal.put('lake', factsOf('a', length));
    for (let at = 0; at < 998; at += 1) journal.put('lake', factsOf(`k${at}`, at));

    const known = journal.read();
    const lengths = (key: string) => [...new Set(known.recentOf('lake', key)?.map((facts) => facts.contentLength))];
    expect([lengths('a'), lengths('k0'), lengths('none')]).toEqual([[3, 2, 1], [0], []]);
  });

  it('is read piece by piece, whatever its lines are cut into', () => {
    const long = { ...factsOf('é', 1), metadata: { text: 'é'.repeat(1_500_000) } };
    journal.put('lake', factsOf('a', 1));
    journal.put('lake', long);
    journal.put('lake', factsOf('c', 3));
    const known = journal.read();
    journal.writeAnew([['lake', long]]);

    expect(known.factsOf('lake', 'é')).toEqual(long);
    expect(known.factsOf('lake', 'c')).toEqual(factsOf('c', 3));
    expect(journal.read().factsOf('lake', 'é')).toEqual(long);
  });

  it('loses only a line that a kill has cut off', () => {
    journal.put('lake', factsOf('a', 1));
    appendFileSync(journal.file, '\n{"bucket":"lake","key":"b","fac');
    journal.put('lake', factsOf('c', 3));

    const known = journal.read();
    expect(['a', 'b', 'c'].map((key) => known.factsOf('lake', key)?.contentLength)).toEqual([1, undefined, 3]);
  });

  it('knows nothing by a line that the disk has changed, though it still reads as one', () => {
    journal.put('lake', factsOf('a', 7));
    journal.put('lake', factsOf('b', 7));
    const [, first, second] = readFileSync(journal.file, 'utf8').split('\n');
    const changed = first?.replace('"contentLength":7', '"contentLength":8');
    expect(changed).not.toBe(first);
    writeFileSync(journal.file, `\n${changed}\n${second}`);

    const known = journal.read();
    expect([known.factsOf('lake', 'a'), known.factsOf('lake', 'b')]).toEqual([undefined, factsOf('b', 7)]);
  });

  it('tells the last thousand changes from those before', () => {
    for (let at = 0; at < 1_500; at += 1) journal.put('lake', factsOf(`k${at}`, at));
    const known = journal.read();
    expect(['k0', 'k499', 'k500', 'k1499'].map((key) => known.recentOf('lake', key) !== undefined)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('holds just the objects that it is written anew with', () => {
    for (let at = 0; at < 100; at += 1) journal.put('lake', factsOf('a', at));
    journal.writeAnew([['lake', factsOf('a', 99)]]);
    journal.put('lake', factsOf('b', 1));

    expect(readFileSync(journal.file, 'utf8').trim().split('\n')).toHaveLength(2);
    const known = journal.read();
    expect([known.factsOf('lake', 'a'), known.factsOf('lake', 'b')]).toEqual([factsOf('a', 99), factsOf('b', 1)]);
  });
});
