import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { npm, pack } from './pack.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..', '..');
const project = realpathSync(mkdtempSync(join(tmpdir(), 'telemetry-schema-')));

const consumer = `
import { parseViewingLine, jsonSchemaOf, tables, type ViewingEvent } from '@acme/telemetry-schema';
import { aViewingEvent, arrivedAtMs, examples } from '@acme/telemetry-schema/testing';
import sample from '@acme/telemetry-schema/samples/viewing/start.json' with { type: 'json' };

const sent: ViewingEvent = aViewingEvent({ device_type: 'tablet' });
// @ts-expect-error: no such device
aViewingEvent({ device_type: 'fridge' });

const parsed = parseViewingLine(JSON.stringify(sent), arrivedAtMs);
const refused = parseViewingLine(JSON.stringify({ ...sent, quality: '8K' }), arrivedAtMs);
console.log(
  JSON.stringify({
    device: parsed.ok ? parsed.value.device_type : parsed.problems,
    refused,
    tables: Object.keys(tables),
    schema: jsonSchemaOf(tables.titles.schema).type,
    hasExamples: examples.viewing.length > 0,
    sample: sample.event_type,
  }),
);
`;

const tsconfig = {
  compilerOptions: {
    target: 'ES2022',
    lib: ['ES2022', 'DOM'],
    module: 'NodeNext',
    strict: true,
    resolveJsonModule: true,
    types: [],
    rootDir: '.',
    outDir: 'built',
  },
  files: ['consumer.ts'],
};

const write = (file: string, content: unknown): void =>
  writeFileSync(join(project, file), typeof content === 'string' ? content : JSON.stringify(content));

describe('the published package, in an empty project of another team', () => {
  beforeAll(async () => {
    const tarball = await pack(join(project, 'packed'));
    write('package.json', { name: 'consumer', private: true, type: 'module' });
    write('consumer.ts', consumer);
    write('tsconfig.json', tsconfig);
    // Offline: zod comes from this repository, as another team's would from a registry.
    const zod = join(root, 'node_modules', 'zod');
    await npm(
      ['install', tarball, zod, '--install-links', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'],
      project,
    );
  });

  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it('type-checks, declarations and all, and parses an event under plain Node', async () => {
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const checked = await run(process.execPath, [tsc, '-p', project]).catch((error: unknown) => error);
    expect(checked).toEqual({ stdout: '', stderr: '' });

    const { stdout } = await run(process.execPath, [join(project, 'built', 'consumer.js')], { cwd: project });
    expect(JSON.parse(stdout)).toEqual({
      device: 'tablet',
      refused: { ok: false, problems: [{ field: 'quality', reason: 'must be one of SD, HD, 4K' }] },
      tables: [
        'customers',
        'titles',
        'telemetry',
        'campaigns',
        'streaming_events',
        'clickstream_events',
        'enriched_events',
      ],
      schema: 'object',
      hasExamples: true,
      sample: 'start',
    });
  });

  it('holds built files, samples and words, and neither sources nor tests', async () => {
    const { stdout } = await npm(['pack', '--dry-run', '--json', '--loglevel=error'], installed());
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'index.js', 'index.d.ts', 'package.json']));
    expect(paths.filter((path) => /\.test\.|(?<!\.d)\.ts$/.test(path))).toEqual([]);
  });

  it('leaves the choice of zod to the project, within the major version it was built with', async () => {
    const { stdout } = await npm(['pkg', 'get', 'peerDependencies', 'dependencies', 'private'], installed());
    expect(JSON.parse(stdout)).toEqual({ peerDependencies: { zod: expect.stringMatching(/^\^4\.\d+\.\d+$/) } });
  });
});

const installed = (): string => join(project, 'node_modules', '@acme', 'telemetry-schema');
