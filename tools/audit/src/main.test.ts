import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectsFolder, TableInput } from '@acme/laptop-aws/sql';
import { openGlue } from '@acme/laptop-aws/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLake, aRecord } from './a-lake.fixture.ts';
import { type Sink, sinks } from './sinks.ts';

let lake: ReturnType<typeof aLake>;
let keys: { readonly receipt: string; readonly rows: string };
beforeEach(async () => {
  lake = aLake();
  const glue = openGlue({ dir: lake.objects.dir });
  glue.createDatabase('acme_telemetry', {});
  glue.createTable(
    'acme_telemetry',
    TableInput.parse({
      Name: 'streaming_events',
      PartitionKeys: [],
      StorageDescriptor: {
        Columns: [{ Name: 'event_id', Type: 'string' }],
        Location: `s3://${lake.objects.bucket}/telemetry/`,
        SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
      },
    }),
  );
  const record = aRecord(0, ['a', 'b']);
  lake.see([record]);
  keys = { receipt: await lake.call('request-1', [record]), rows: (await lake.take([record])).rows };
  await lake.take([record], { sink: sinks.find(({ consumer }) => consumer === 'enricher') as Sink });
});
afterEach(() => lake.close());

const audit = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((done) => {
    const { STAGE: _, AWS_ENDPOINT_URL: __, ...env } = process.env;
    const command = [join(import.meta.dirname, 'main.ts'), '--dir', lake.objects.dir, ...args];
    execFile(process.execPath, command, { env: { ...env, NODE_OPTIONS: '' } }, (error, stdout, stderr) =>
      done({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });

describe('npm run audit', () => {
  it('prints every station and its verdict, and exits 0 when all adds up', async () => {
    const { code, stdout } = await audit();
    expect(code).toBe(0);
    expect(stdout.replace(/\d+\.\d s/, '0.0 s').split('\n')).toEqual([
      '',
      'producer                in     accepted     rejected    put aside       failed      cut off',
      '2026-01-31T11            2            2            0            0            0            0',
      '2026-01-31T12            0            0            0            0            0            0',
      'all                      2            2            0            0            0            0',
      '',
      'stream             records       events    by others',
      '2026-01-31T11            0            0            0',
      '2026-01-31T12            1            2            0',
      'all                      1            2            0',
      '',
      'lake-loader             in         good          bad    put aside     distinct       landed     repeated',
      '2026-01-31T11            0            0            0            0            0            0            0',
      '2026-01-31T12            2            2            0            0            2            2            0',
      'all                      2            2            0            0            2            2            0',
      '',
      'clickstream-loader           in         good          bad    put aside     distinct       landed     repeated',
      '2026-01-31T11            0            0            0            0            0            0            0',
      '2026-01-31T12            0            0            0            0            0            0            0',
      'all                      0            0            0            0            0            0            0',
      '',
      'analytics               in         good          bad    put aside     distinct       landed     repeated',
      '2026-01-31T11            0            0            0            0            0            0            0',
      '2026-01-31T12            0            0            0            0            0            0            0',
      'all                      0            0            0            0            0            0            0',
      '',
      'enricher                in         good          bad    put aside     distinct       landed     repeated',
      '2026-01-31T11            0            0            0            0            0            0            0',
      '2026-01-31T12            2            2            0            0            2            2            0',
      'all                      2            2            0            0            2            2            0',
      '',
      'clickstream-enricher           in         good          bad    put aside     distinct       landed     repeated',
      '2026-01-31T11            0            0            0            0            0            0            0',
      '2026-01-31T12            0            0            0            0            0            0            0',
      'all                      0            0            0            0            0            0            0',
      '',
      'telemetry             good        there      waiting    too early',
      '2026-01-31T11            0            0            0            0',
      '2026-01-31T12            2            0            2            0',
      'all                      2            0            2            0',
      '',
      '2 events wait for compaction; streaming_events has them',
      'adds up  nothing lost: every event is where its service says  0.0 s',
      '',
    ]);
  });

  it('names what is off and exits 1, as JSON too', async () => {
    lake.remove(keys.rows);
    const { code, stdout } = await audit();
    expect(code).toBe(1);
    expect(stdout).toContain('off  lake-loader: 2 good events that did not land\n     a\n     b\n');
    const json = await audit('--json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      isRight: false,
      findings: [{ where: 'lake-loader', what: 'good events that did not land', count: 2, names: ['a', 'b'] }],
    });
  });

  it('says which objects are broken, and goes on without them', async () => {
    for (const key of [keys.receipt, keys.rows])
      writeFileSync(`${join(objectsFolder(lake.objects.dir, lake.objects.bucket), key)}.data`, 'torn');
    const { code, stdout } = await audit();
    expect(code).toBe(1);
    expect(stdout).toContain(
      `off  ledger: 1 entries that cannot be read\n     ${keys.receipt}: it is no Zstandard, or torn\n`,
    );
    expect(stdout).toContain(
      `off  lake-loader: 1 lines and objects of its rows that cannot be read\n     ${keys.rows}: it is no gzip, as its name says\n`,
    );
    expect(stdout).toContain('off  lake-loader: 2 good events that did not land\n     a\n     b\n');
  });

  it.each([
    [['--from', 'yesterday'], '--from takes a time such as'],
    [['--sink', 'x'], '--sink takes one of lake-loader'],
    [['--from', '1h', '--to', '2h'], '--from must lie before --to'],
    [['2h'], "'2h' belongs to no option"],
    [['--dir', '/nowhere'], 'There is no lake in /nowhere'],
  ])('refuses %j with what is wanted, and exits 2', async (args, message) => {
    const { code, stdout, stderr } = await audit(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
