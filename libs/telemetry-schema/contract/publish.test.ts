import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { count, text } from '../src/fields.ts';
import { tables } from '../src/tables.ts';
import { TelemetryRow } from '../src/telemetry.ts';
import { ViewingEvent } from '../src/viewing-event.ts';
import { contractProblems } from './check.ts';
import type { Contract } from './contract.ts';
import { currentContracts, eventsContract, tableContract } from './contract.ts';
import { BreakingChangeError, publish } from './publish.ts';
import { aWorkspace } from './workspace.fixture.ts';

let workspace: ReturnType<typeof aWorkspace>;
beforeEach(() => {
  workspace = aWorkspace();
  publish(workspace.folder);
});
afterEach(() => workspace.remove());

const grown = (...contracts: readonly Contract[]): Contract[] => [
  ...currentContracts().map((contract) => contracts.find(({ name }) => name === contract.name) ?? contract),
  ...contracts.filter(({ name }) => !currentContracts().some((contract) => contract.name === name)),
];
const read = (file: string) => JSON.parse(readFileSync(join(workspace.folder, file), 'utf8'));
const bitrate = { bitrate_kbps: count(0, 1_000_000).optional().describe('Bit rate of the stream, kbit/s') };

describe('publish', () => {
  it('takes an optional field, a column and a table, and says that the minor version rises', () => {
    const contracts = grown(
      eventsContract('viewing', ViewingEvent.extend(bitrate)),
      tableContract('telemetry', { ...tables.telemetry, schema: TelemetryRow.extend(bitrate) }),
      tableContract('genres', { schema: z.object({ genre: text(64).describe('Its name') }), partitionKeys: [] }),
    );
    const added = [
      'viewing.bitrate_kbps is new and optional',
      'telemetry.bitrate_kbps is new and optional',
      'genres is a new table',
    ];
    expect(contractProblems(workspace.folder, contracts).split('\n')).toEqual([
      'telemetry-schema promises what it has not published:',
      '',
      ...added,
      '',
      'If that is meant, run npx nx run telemetry-schema:publish and commit what it writes.',
    ]);

    expect(publish(workspace.folder, contracts).split('\n')).toEqual([
      ...added,
      '',
      'The minor version rises: 0.1.0 to 0.2.0. Commit libs/telemetry-schema/published with the change.',
    ]);
    expect(contractProblems(workspace.folder, contracts)).toBe('');
    expect(read('libs/telemetry-schema/package.json').version).toBe('0.2.0');
    expect(read('package-lock.json').packages['libs/telemetry-schema'].version).toBe('0.2.0');
    const { fields, columns } = read('libs/telemetry-schema/published/telemetry.json');
    expect([fields.quality.since, fields.bitrate_kbps]).toEqual([
      '0.1.0',
      { since: '0.2.0', required: false, rules: { type: 'integer', minimum: 0, maximum: 1_000_000 } },
    ]);
    expect(columns.at(-1)).toBe('bitrate_kbps int');
  });

  it('names who is to be deployed first when values come that readers have not met', () => {
    const wider = ViewingEvent.extend({ quality: z.enum(['SD', 'HD', '4K', '8K']).meta({ deprecated: true }) });
    expect(
      publish(workspace.folder, grown(eventsContract('viewing', wider)))
        .split('\n')
        .slice(0, 2),
    ).toEqual(['viewing.quality takes 8K too, is deprecated', '  deploy first   apps/viewer (src/view.ts:3)']);
  });

  it('takes a pattern that allows more of the same: more characters, or more of them', () => {
    const wider = ViewingEvent.extend({
      title_id: z
        .string()
        .regex(/^[A-Za-z0-9._:@-]{1,80}$/)
        .describe('Title watched'),
    });
    expect(publish(workspace.folder, grown(eventsContract('viewing', wider))).split('\n')[0]).toBe(
      'viewing.title_id has the pattern "^[A-Za-z0-9._:@-]{1,80}$", had "^[A-Za-z0-9._:-]{1,64}$"',
    );
  });

  it('has nothing to do when all is published', () => {
    expect(publish(workspace.folder)).toBe('Nothing to publish: version 0.1.0 says all of it.');
  });

  it('writes nothing for a change that breaks somebody', () => {
    const contracts = grown(eventsContract('viewing', ViewingEvent.omit({ quality: true })));
    expect(() => publish(workspace.folder, contracts)).toThrow(BreakingChangeError);
    expect(contractProblems(workspace.folder)).toBe('');
    expect(read('libs/telemetry-schema/package.json').version).toBe('0.1.0');
  });
});
