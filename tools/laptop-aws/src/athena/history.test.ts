import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Execution } from './execution.ts';
import { openHistory } from './history.ts';

const day = 24 * 60 * 60 * 1000;
const anExecution = (more: Partial<Execution>): Execution => ({
  id: 'a',
  query: 'SELECT 1',
  statementType: 'DML',
  workGroup: 'acme',
  resultsFolder: 's3://lake/r/',
  outputLocation: 's3://lake/r/a.csv',
  state: 'SUCCEEDED',
  submittedMs: 0,
  bytesScanned: 0,
  columns: [],
  ...more,
});

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'history-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('the history of queries', () => {
  it('is there again, newest first, with those failed that were under way', async () => {
    const history = await openHistory(dir, 0);
    await history.keep(anExecution({ id: 'over', submittedMs: 1 }));
    await history.keep(anExecution({ id: 'waited', submittedMs: 3, state: 'QUEUED' }));
    await history.keep(anExecution({ id: 'ran', submittedMs: 2, state: 'RUNNING' }));

    const reopened = await openHistory(dir, 10);
    expect(reopened.all().map(({ id, state, completedMs }) => [id, state, completedMs])).toEqual([
      ['waited', 'FAILED', 10],
      ['ran', 'FAILED', 10],
      ['over', 'SUCCEEDED', undefined],
    ]);
    expect((await openHistory(dir, 20)).find('ran')).toEqual(reopened.find('ran'));
  });

  it('forgets what is older than 45 days, on the disk too', async () => {
    const history = await openHistory(dir, 0);
    await history.keep(anExecution({ id: 'old' }));
    await history.keep(anExecution({ id: 'new', submittedMs: day }));

    expect((await openHistory(dir, 45 * day + 1)).all().map(({ id }) => id)).toEqual(['new']);
    expect(readdirSync(dir)).toEqual(['new.json']);
  });

  it('names a file that is damaged', async () => {
    writeFileSync(join(dir, 'x.json'), '{"id":');
    await expect(openHistory(dir, 0)).rejects.toThrow(`${join(dir, 'x.json')} is damaged`);
  });
});
