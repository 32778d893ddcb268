import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ViewingEvent } from '../src/viewing-event.ts';
import { breakingProblems, sampleProblems } from './check.ts';
import { currentContracts, eventsContract } from './contract.ts';
import { publish } from './publish.ts';
import { publishedAt } from './published-at.ts';
import { readPublished, writePublished } from './published.ts';
import { readSamples } from './samples.ts';
import { aWorkspace } from './workspace.fixture.ts';

let workspace: ReturnType<typeof aWorkspace>;
let copy: string;
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    cwd: workspace.folder,
    encoding: 'utf8',
  });

beforeEach(() => {
  workspace = aWorkspace();
  copy = mkdtempSync(join(tmpdir(), 'published-at-'));
  git('init', '--quiet');
  git('commit', '--quiet', '--allow-empty', '-m', 'nothing is published');
  publish(workspace.folder);
  git('add', '.');
  git('commit', '--quiet', '-m', 'the first contract');
});
afterEach(() => {
  workspace.remove();
  rmSync(copy, { recursive: true });
});

describe('the contract of a commit', () => {
  it('finds a field that was removed from the schema and from the published contract together', () => {
    const folder = join(workspace.folder, 'libs', 'telemetry-schema', 'published');
    const without = eventsContract('viewing', ViewingEvent.omit({ quality: true }));
    const rewritten = currentContracts().map((contract) => (contract.name === 'viewing' ? without : contract));
    writePublished(folder, rewritten, readPublished(folder), '0.1.0');
    expect(breakingProblems(workspace.folder, folder, rewritten)).toBe('');

    const published = publishedAt(workspace.folder, 'HEAD', copy);
    expect(breakingProblems(workspace.folder, published, rewritten)).toContain('\n\nviewing.quality is removed\n');
    expect([readSamples(join(published, 'samples')).length > 100, sampleProblems(published)]).toEqual([true, '']);
  });

  it('is nothing where none was published, and an error where there is no commit', () => {
    expect(breakingProblems(workspace.folder, publishedAt(workspace.folder, 'HEAD~1', copy))).toBe('');
    expect(() => publishedAt(workspace.folder, 'no-such-branch', copy)).toThrow('no-such-branch');
  });
});
