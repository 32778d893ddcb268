import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tables } from '../src/tables.ts';
import { aCustomer, aViewingEvent } from '../src/testing/index.ts';
import { sampleProblems } from './check.ts';
import { currentContracts } from './contract.ts';
import { publish } from './publish.ts';
import { keepSamples, readSamples } from './samples.ts';
import { aWorkspace } from './workspace.fixture.ts';

let workspace: ReturnType<typeof aWorkspace>;
let published: string;
beforeEach(() => {
  workspace = aWorkspace();
  publish(workspace.folder);
  published = join(workspace.folder, 'libs', 'telemetry-schema', 'published');
});
afterEach(() => workspace.remove());

describe('the samples of a version', () => {
  it('hold every family and table, each value of a list and each bound', () => {
    const samples = readSamples(join(published, 'samples'));
    expect([...new Set(samples.map(({ contract }) => contract))].sort()).toEqual(
      ['viewing', 'clickstream', ...Object.keys(tables)].sort(),
    );
    const events = samples
      .filter(({ contract }) => contract === 'telemetry')
      .map(({ line }) => JSON.parse(line) as Record<string, unknown>);
    expect([...new Set(events.map(({ quality }) => quality))].sort()).toEqual(['4K', 'HD', 'SD']);
    expect(events.map((row) => row.watch_duration_seconds)).toEqual(expect.arrayContaining([0, 86_400]));
  });

  it('are only those that no earlier version has kept', () => {
    keepSamples(join(published, 'samples'), '0.2.0', currentContracts());
    expect(readSamples(join(published, 'samples')).map(({ version }) => version)).not.toContain('0.2.0');
  });

  it('are found out when the parser refuses one or no longer gives it back whole', () => {
    const older = join(published, 'samples', '0.0.9');
    mkdirSync(older);
    const keep = (contract: string, value: object): void =>
      appendFileSync(join(older, `${contract}.ndjson`), `${JSON.stringify(value)}\n`);
    keep('customers', { ...aCustomer(), country: 'Germany' });
    keep('viewing', { ...aViewingEvent(), title_name: 'a field of then' });
    writeFileSync(join(older, 'actors.ndjson'), '{}\n');

    expect(sampleProblems(published).split('\n')).toEqual([
      'actors of version 0.0.9 is refused: (row) is of a table that is gone',
      'customers of version 0.0.9 is refused: country must be two capital letters, an ISO 3166-1 country such as DE',
      'viewing of version 0.0.9 comes back changed',
    ]);
  });
});
