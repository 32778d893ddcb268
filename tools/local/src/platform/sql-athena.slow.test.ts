import { readDefinitions } from '@acme/laptop-aws/sql';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPlace, type Place } from './platform.fixture.ts';

const timeout = 120_000;
const program = 'tools/local/src/sql/main.ts';

describe('npm run sql -- --athena beside the running platform', () => {
  let place: Place;
  beforeAll(async () => {
    place = await aPlace();
    await place.start('--rate', '0', '--schedules', 'off');
    const seeded = await place.run('apps/lake-loader/cli/seed.ts', '--dir', place.dir, '--scale', '0.01');
    expect(seeded).toMatchObject({ code: 0 });
  }, timeout);
  afterAll(() => place.close());

  const sql = (...args: readonly string[]) => place.run(program, '--dir', place.dir, ...args);
  /** Without the headings: a column without a name has one of Athena's or of DuckDB's. */
  const rowsOf = (csv: string): string[] => csv.split('\r\n').slice(1).sort();
  const athena = (...args: readonly string[]) => sql('--athena', ...args);

  it(
    'answers every saved query of the lake as the lake itself does',
    async () => {
      const queries = readDefinitions(place.dir).namedQueries;
      expect(queries).toHaveLength(9);
      for (const { query } of queries) {
        const ofLake = await sql('--csv', query);
        expect(ofLake).toMatchObject({ code: 0, stderr: '' });
        const answer = await athena('--csv', query);
        expect({ ...answer, stdout: rowsOf(answer.stdout) }).toEqual({ ...ofLake, stdout: rowsOf(ofLake.stdout) });
      }
    },
    timeout,
  );

  it(
    'prints rows, time and bytes',
    async () => {
      const { code, stdout } = await athena('SELECT COUNT(*) AS events, MAX(quality) AS best FROM telemetry');
      expect([code, stdout.replace(/in [\d.]+ s, [\d.]+ (bytes|KB) read/, 'in 0 s, 9 KB read').split('\n')]).toEqual([
        0,
        ['events  best', '──────  ────', '  1000  SD', '', '1 row in 0 s, 9 KB read', ''],
      ]);
    },
    timeout,
  );

  it(
    'says what to do about what it cannot answer',
    async () => {
      expect(await athena('SELECT * FROM telemetri')).toEqual({
        code: 1,
        stdout: '',
        stderr:
          'There is no table telemetri. Did you mean telemetry? The tables are customers, titles, telemetry, campaigns, streaming_events, clickstream_events, enriched_events.\n',
      });
      expect(await athena('--workgroup', 'nobodys', 'SELECT 1')).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^WorkGroup .*not found/i),
      });
      expect(await sql('--workgroup', 'acme', 'SELECT 1')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('--athena'),
      });
      const nobody = ['--athena', '--aws-port', '1', 'SELECT 1'];
      const nothing =
        'nothing answers at http://127.0.0.1:1: start the platform with npm start, or name the folder that it runs on with --dir\n';
      expect(await place.run(program, ...nobody)).toEqual({
        code: 1,
        stdout: '',
        stderr: nothing,
      });
      expect(await place.run(program, ...nobody, '--workgroup', 'acme', '--database', 'acme_telemetry')).toEqual({
        code: 1,
        stdout: '',
        stderr: nothing,
      });
    },
    timeout,
  );
});
