import type { AwsTarget } from '@acme/command-kit';
import { type ContractKey, parameterName } from '@acme/stack-contract';
import { GetTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

/** Where to write, and which days queries see. */
export interface Lake {
  readonly bucket: string;
  readonly days: Period;
}

/** The first and the last day, UTC. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** The lake of a stage, as its owner has published it. */
export const lakeOf = async ({ stage, client }: AwsTarget, nowMs: number): Promise<Lake> => {
  const ssm = new SSMClient(client);
  const glue = new GlueClient(client);
  const published = async (key: ContractKey): Promise<string> => {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameterName(stage, key) }));
    return Parameter?.Value as string;
  };
  const [bucket, database] = await Promise.all([published('lakeBucketName'), published('lakeDatabaseName')]);
  const { Table } = await glue.send(new GetTableCommand({ DatabaseName: database, Name: 'telemetry' }));
  ssm.destroy();
  glue.destroy();
  return { bucket, days: projectedDays(Table?.Parameters?.['projection.date.range'] ?? '', nowMs) };
};

const dayMs = 86_400_000;

/**
 * The days of a partition projection such as `2025-01-01,NOW+1DAYS`; every day for a range of another form
 * (docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html).
 */
export const projectedDays = (range: string, nowMs: number): Period => {
  const parts = /^(\d{4}-\d\d-\d\d),(?:(\d{4}-\d\d-\d\d)|NOW(?:\+(\d{1,4})DAYS)?)$/.exec(range);
  if (!parts) return { from: '0000-01-01', to: '9999-12-31' };
  const [, from = '', to, daysAhead = '0'] = parts;
  return { from, to: to ?? new Date(nowMs + Number(daysAhead) * dayMs).toISOString().slice(0, 10) };
};

/**
 * What is wrong with a data set that has days which no query would see.
 *
 * @returns nothing when queries see all of them
 */
export const unseen = (set: Period, { from, to }: Period): string | undefined =>
  set.from < from || set.to > to
    ? `queries of telemetry see the days from ${from} to ${to}: give --from and --to within them`
    : undefined;
