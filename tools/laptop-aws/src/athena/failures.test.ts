import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anAthena } from './athena.fixture.ts';

let place: Awaited<ReturnType<typeof anAthena>>;

beforeEach(async () => {
  place = await anAthena();
});
afterEach(() => place.close());

describe('a query that is wrong', () => {
  it.each([
    [
      'SELECT nope FROM streaming_events',
      "COLUMN_NOT_FOUND: line 1:8: Column 'nope' cannot be resolved or requester is not authorized to access requested resources",
    ],
    ['SELECT *\n  FROM nope', "TABLE_NOT_FOUND: line 2:8: Table 'awsdatacatalog.acme_telemetry.nope' does not exist"],
    ['SELECT * FROM other.nope', "SCHEMA_NOT_FOUND: line 1:15: Schema 'other' does not exist"],
    ["SELECT CAST('x' AS integer)", 'INVALID_CAST_ARGUMENT: Could not convert'],
    [
      'SELECT soundex(event_type) FROM streaming_events',
      "FUNCTION_NOT_FOUND: line 1:8: Function 'soundex' not registered. The laptop has DuckDB's functions, and of Athena's that DuckDB has not: approx_distinct, ",
    ],
    ['SELECT lower(1)', 'FUNCTION_NOT_FOUND: line 1:8: Unexpected parameters (INTEGER_LITERAL) for function lower'],
    ["SELECT date_trunc('day', 'x')", 'FUNCTION_NOT_FOUND: line 1:8: Unexpected parameters for function date_trunc'],
    ['CREATE TABLE copied AS SELECT 1 AS n', 'NOT_SUPPORTED: CREATE is not run on the laptop'],
    ['CREATE TABLE copied AS SELECT 1 AS n', 'ctas_approach=False'],
    ['INSERT INTO streaming_events VALUES (1)', 'NOT_SUPPORTED: INSERT is not run on the laptop'],
    ['DROP TABLE streaming_events', 'NOT_SUPPORTED: DROP is not run on the laptop'],
    ["SELECT * FROM read_text('/etc/hostname')", 'GENERIC_USER_ERROR: The statement reads a file outside the lake'],
    ['MSCK REPAIR TABLE nope', "TABLE_NOT_FOUND: Table 'awsdatacatalog.acme_telemetry.nope' does not exist"],
  ])('%p fails with a reason', async (sql, reason) => {
    expect((await place.run(sql)).Status).toMatchObject({
      State: 'FAILED',
      StateChangeReason: expect.stringContaining(reason),
      AthenaError: { ErrorCategory: 2, Retryable: false },
    });
  });

  it.each([
    ['SELECT a FRM b c d', 'line 1:14: syntax error at or near "b"'],
    [
      'SELECT `event_type` FROM streaming_events',
      'line 1:8: backquoted identifiers are not supported; use double quotes to quote identifiers',
    ],
    ['SELEC 1', 'line 1:1: syntax error at or near "SELEC"'],
    ['SELECT 1; SELECT 2', 'Only one sql statement is allowed.'],
    ['-- nothing', 'line 1:1: mismatched input'],
  ])('%p is refused at once', async (sql, message) => {
    await expect(place.start(sql)).rejects.toMatchObject({ name: 'InvalidRequestException', message });
  });

  it('is refused when it is longer than Athena takes', async () => {
    await expect(place.start(`SELECT '${'x'.repeat(300_000)}'`)).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: 'QueryString: Member must have length less than or equal to 262144',
    });
  });
});
