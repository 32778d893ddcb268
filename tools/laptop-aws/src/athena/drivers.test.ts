// What Athena's drivers send besides plain statements: names in backticks, parameters, and questions about the catalog.
import {
  GetDatabaseCommand,
  GetDataCatalogCommand,
  GetTableMetadataCommand,
  ListDatabasesCommand,
  ListDataCatalogsCommand,
  ListTableMetadataCommand,
} from '@aws-sdk/client-athena';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anAthena } from './athena.fixture.ts';

let place: Awaited<ReturnType<typeof anAthena>>;
beforeEach(async () => {
  place = await anAthena();
});
afterEach(() => place.close());

const rowsOf = async (sql: string, more: Parameters<typeof place.start>[1] = {}) => {
  const id = await place.start(sql, more);
  const { Status } = await place.ended(id);
  expect([sql, Status?.State, Status?.StateChangeReason]).toEqual([sql, 'SUCCEEDED', undefined]);
  return (await place.rows(id)).rows;
};

describe('drivers', () => {
  it.each([
    ['DESCRIBE `streaming_events`', 'DESCRIBE streaming_events'],
    ['DESCRIBE `acme_telemetry`.`streaming_events`;', 'DESCRIBE streaming_events'],
    ['SHOW COLUMNS IN `streaming_events`', 'SHOW COLUMNS IN streaming_events'],
    ['SHOW PARTITIONS `streaming_events`', 'SHOW PARTITIONS streaming_events'],
    ['MSCK REPAIR TABLE `streaming_events`', 'MSCK REPAIR TABLE streaming_events'],
    ["SHOW TABLES IN `acme_telemetry` 'stream*'", "SHOW TABLES IN acme_telemetry 'stream*'"],
  ])('%s is %s', async (quoted, plain) => {
    expect(await rowsOf(quoted)).toEqual(await rowsOf(plain));
    const inBackticks = { QueryExecutionContext: { Database: '`acme_telemetry`' } };
    expect(await rowsOf(quoted, inBackticks)).toEqual(await rowsOf(plain));
  });

  it('still refuse backticks in SELECT, which is Trino’s', async () => {
    await expect(place.start('SELECT * FROM `streaming_events`')).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
  });

  it('fill question marks with parameters, but for those in texts, names and comments', async () => {
    const sql = `SELECT ? AS a, '?' AS b, ? AS "?", ? AS c /* ? */ -- ?`;
    expect(await rowsOf(sql, { ExecutionParameters: ["'it''s ?'", '-7', "DATE '2026-01-31'"] })).toEqual([
      ['a', 'b', '?', 'c'],
      ["it's ?", '?', '-7', '2026-01-31'],
    ]);
  });

  it.each([
    [['1'], 'INVALID_PARAMETER_USAGE: line 1:1: Incorrect number of parameters: expected 2 but found 1'],
    [['1', '2', '3'], 'expected 2 but found 3'],
    [['1', 'none'], 'ExecutionParameters 2: must be one literal'],
    [["'a' OR 1 = 1 --", '1'], 'ExecutionParameters 1: must be one literal'],
    [['(SELECT 1)', '1'], 'ExecutionParameters 1: must be one literal'],
  ])('are told when parameters are %p', async (ExecutionParameters, message) => {
    await expect(place.start('SELECT ?, ?', { ExecutionParameters })).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining(message),
    });
  });

  it('are told of catalogs, databases, tables and columns', async () => {
    const { client } = place;
    const CatalogName = 'AwsDataCatalog';
    const ofDatabase = { CatalogName, DatabaseName: 'acme_telemetry' };
    expect((await client.send(new ListDataCatalogsCommand({}))).DataCatalogsSummary).toEqual([
      { CatalogName, Type: 'GLUE' },
    ]);
    expect((await client.send(new GetDataCatalogCommand({ Name: CatalogName }))).DataCatalog).toEqual({
      Name: CatalogName,
      Type: 'GLUE',
    });
    expect((await client.send(new ListDatabasesCommand({ CatalogName }))).DatabaseList).toEqual([
      { Name: 'acme_telemetry', Parameters: {} },
    ]);
    expect((await client.send(new GetDatabaseCommand(ofDatabase))).Database?.Name).toBe('acme_telemetry');
    const metadata = {
      Name: 'streaming_events',
      TableType: 'EXTERNAL_TABLE',
      Columns: [
        { Name: 'event_type', Type: 'string' },
        { Name: 'watch_duration_seconds', Type: 'bigint' },
      ],
    };
    const listed = await client.send(new ListTableMetadataCommand({ ...ofDatabase, Expression: 'STREAM' }));
    expect(listed.TableMetadataList).toMatchObject([metadata]);
    const table = { ...ofDatabase, TableName: 'streaming_events' };
    expect((await client.send(new GetTableMetadataCommand(table))).TableMetadata).toMatchObject(metadata);
    await expect(client.send(new GetTableMetadataCommand({ ...table, TableName: 'none' }))).rejects.toMatchObject({
      name: 'MetadataException',
      message: expect.stringMatching(/^Table none not found\. \(.*Error Code: EntityNotFoundException; [^()]*\)$/),
    });
    await expect(client.send(new ListDatabasesCommand({ CatalogName: 'other' }))).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
  });
});
