import { explainWildcard, type Settings } from '@acme/cdk-kit';
import { roots, tableRoots } from '@acme/lake-layout';
import { Stack } from 'aws-cdk-lib';
import type { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { databaseName } from './catalog.ts';
import { workGroupArn } from './work-group.ts';

/** What a query needs of the catalogue: to read the database and its tables. */
export const readCatalog = (scope: Construct, settings: Settings): { statement: PolicyStatement; tables: string } => {
  const stack = Stack.of(scope);
  const name = databaseName(settings);
  const tables = stack.formatArn({ service: 'glue', resource: 'table', resourceName: `${name}/*` });
  return {
    tables,
    statement: new PolicyStatement({
      actions: ['glue:GetDatabase', 'glue:GetTable', 'glue:GetTables', 'glue:GetPartition', 'glue:GetPartitions'],
      resources: [
        stack.formatArn({ service: 'glue', resource: 'catalog' }),
        stack.formatArn({ service: 'glue', resource: 'database', resourceName: name }),
        tables,
      ],
    }),
  };
};

/** The policy for whoever queries the lake: this workgroup, this database, these prefixes, and nothing to change. */
export const readersPolicy = (
  scope: Construct,
  settings: Settings,
  { lake, group }: { readonly lake: Bucket; readonly group: CfnWorkGroup },
): ManagedPolicy => {
  const glue = readCatalog(scope, settings);
  const results = lake.arnForObjects(`${roots.results}*`);
  const rows = tableRoots.map((prefix) => lake.arnForObjects(`${prefix}*`));
  const policy = new ManagedPolicy(scope, 'ReadLake', {
    description: 'Lets people and services query the lake with Athena, in its workgroup; not what was put aside',
    statements: [
      new PolicyStatement({
        actions: [
          'athena:StartQueryExecution',
          'athena:StopQueryExecution',
          'athena:GetQueryExecution',
          'athena:BatchGetQueryExecution',
          'athena:ListQueryExecutions',
          'athena:GetQueryResults',
          'athena:GetQueryResultsStream',
          'athena:GetQueryRuntimeStatistics',
          'athena:GetWorkGroup',
          'athena:GetNamedQuery',
          'athena:BatchGetNamedQuery',
          'athena:ListNamedQueries',
        ],
        resources: [workGroupArn(group)],
      }),
      glue.statement,
      new PolicyStatement({ actions: ['s3:GetBucketLocation'], resources: [lake.bucketArn] }),
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [lake.bucketArn],
        conditions: { StringLike: { 's3:prefix': [...tableRoots, roots.results].map((prefix) => `${prefix}*`) } },
      }),
      new PolicyStatement({ actions: ['s3:GetObject'], resources: rows }),
      new PolicyStatement({
        actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'],
        resources: [results],
      }),
    ],
  });
  explainWildcard(policy, glue.tables, 'The tables of this one database.');
  explainWildcard(policy, results, 'Athena names the results of each query, below this prefix only.');
  for (const prefix of rows) explainWildcard(policy, prefix, 'The rows of the tables, and nothing else of the bucket.');
  return policy;
};
