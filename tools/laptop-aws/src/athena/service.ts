import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { AwsError } from '../aws/aws-error.ts';
import { checkedInput } from '../aws/checked-input.ts';
import { jsonService } from '../aws/json-service.ts';
import { page } from '../aws/page.ts';
import type { AwsService } from '../aws/service.ts';
import { SqlError } from '../sql/sql-error.ts';
import { bucketsFolder, placeOf } from '../sql/table-objects.ts';
import { translate } from '../sql/trino/translate.ts';
import { catalogOperations } from './catalog-operations.ts';
import type { Definitions, WorkGroup } from './definitions.ts';
import { describeExecution, describeNamedQuery, describeWorkGroup, engine } from './describe.ts';
import { withParameters } from './parameters.ts';
import type { Parser } from './parser.ts';
import type { Queries } from './queries.ts';
import { queryResults } from './query-results.ts';
import { isAthenas, statementKind } from './statement-kind.ts';

/** 262,144 bytes is the longest statement that Athena takes (service quotas). */
const longestBytes = 262_144;

const Start = z.looseObject({
  QueryString: z
    .string()
    .min(1)
    .refine(
      (sql) => Buffer.byteLength(sql) <= longestBytes,
      `Member must have length less than or equal to ${longestBytes}`,
    ),
  ClientRequestToken: z.string().min(32).max(128).optional(),
  QueryExecutionContext: z
    .looseObject({ Database: z.string().min(1).max(255).optional(), Catalog: z.string().optional() })
    .optional(),
  ResultConfiguration: z.looseObject({ OutputLocation: z.string().startsWith('s3://').optional() }).optional(),
  WorkGroup: z.string().default('primary'),
  ExecutionParameters: z.array(z.string().min(1).max(1024)).min(1).optional(),
});
const Id = z.looseObject({ QueryExecutionId: z.string().min(1) });
const Ids = z.looseObject({ QueryExecutionIds: z.array(z.string()).min(1).max(50) });
const Results = Id.extend({
  MaxResults: z.number().int().min(1).max(1000).default(1000),
  NextToken: z.string().optional(),
});
const List = z.looseObject({
  WorkGroup: z.string().default('primary'),
  MaxResults: z.number().int().min(0).max(50).default(50),
  NextToken: z.string().optional(),
});
const NamedQueryId = z.looseObject({ NamedQueryId: z.string() });
const NamedQueryIds = z.looseObject({ NamedQueryIds: z.array(z.string()).min(1).max(50) });

export interface AthenaParts {
  /** The platform's state folder. */
  readonly dir: string;
  readonly definitions: Definitions;
  readonly queries: Queries;
  readonly parser: Parser;
}

/** Athena's API: queries, their results, and what the templates define. */
export const athenaService = ({ dir, definitions, queries, parser }: AthenaParts): AwsService => {
  const invalid = (message: string): AwsError => new AwsError('InvalidRequestException', message);
  const operation = <Input, Output>(schema: z.ZodType<Input>, run: (input: Input) => Output) =>
    checkedInput(schema, run, 'InvalidRequestException');
  const workGroupOf = (name: string): WorkGroup => {
    const found = definitions.workGroups.find((each) => each.name === name);
    if (!found) throw invalid(`WorkGroup ${name} is not found.`);
    return found;
  };

  const start = async (input: z.infer<typeof Start>): Promise<object> => {
    const workGroup = workGroupOf(input.WorkGroup);
    if (!workGroup.isEnabled) throw invalid(`WorkGroup ${workGroup.name} is disabled.`);
    const sql = statementOf(input);
    await checkSyntax(sql);
    const asked = input.ResultConfiguration?.OutputLocation;
    const location = workGroup.isEnforced ? (workGroup.outputLocation ?? asked) : (asked ?? workGroup.outputLocation);
    if (location === undefined) {
      throw invalid(
        'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
      );
    }
    const { bucket } = placeOf(location);
    if (!existsSync(join(bucketsFolder(dir), bucket))) throw invalid(`Unable to verify/create output bucket ${bucket}`);
    const { id } = await queries.start({
      sql,
      token: input.ClientRequestToken,
      // AWS SDK for pandas writes it as Hive's statements do.
      database: input.QueryExecutionContext?.Database?.toLowerCase().replace(/^`(.+)`$/, '$1'),
      catalog: input.QueryExecutionContext?.Catalog,
      workGroup,
      resultsFolder: location.endsWith('/') ? location : `${location}/`,
    });
    return { QueryExecutionId: id };
  };
  const statementOf = ({ QueryString, ExecutionParameters }: z.infer<typeof Start>): string => {
    if (!ExecutionParameters) return QueryString;
    const filled = withParameters(QueryString, ExecutionParameters);
    if ('problem' in filled) throw invalid(filled.problem);
    return filled.sql;
  };
  const checkSyntax = async (sql: string): Promise<void> => {
    const kind = statementKind(sql);
    if (kind === 'other' && !isAthenas(sql))
      throw invalid(`${(await parser.problemOf(sql))?.message ?? 'line 1:1: mismatched input'}`);
    if (kind !== 'select') return;
    try {
      const problem = await parser.problemOf(translate(sql));
      if (problem) throw invalid(problem.message);
    } catch (error) {
      if (!(error instanceof SqlError)) throw error; // a format that is not covered: the query fails with it
    }
  };

  return jsonService({
    ...catalogOperations(dir),
    StartQueryExecution: operation(Start, start),
    StopQueryExecution: operation(Id, ({ QueryExecutionId }) => queries.stop(QueryExecutionId)),
    GetQueryExecution: operation(Id, ({ QueryExecutionId }) => ({
      QueryExecution: describeExecution(queries.find(QueryExecutionId), definitions),
    })),
    BatchGetQueryExecution: operation(Ids, ({ QueryExecutionIds }) => {
      const known = queries.all().filter(({ id }) => QueryExecutionIds.includes(id));
      return {
        QueryExecutions: known.map((execution) => describeExecution(execution, definitions)),
        UnprocessedQueryExecutionIds: QueryExecutionIds.filter((wanted) => known.every(({ id }) => id !== wanted)).map(
          (id) => ({
            QueryExecutionId: id,
            ErrorCode: 'INVALID_INPUT',
            ErrorMessage: `QueryExecution ${id} was not found`,
          }),
        ),
      };
    }),
    GetQueryResults: operation(Results, ({ QueryExecutionId, MaxResults, NextToken }) =>
      queryResults(dir, queries.find(QueryExecutionId), MaxResults, NextToken),
    ),
    ListQueryExecutions: operation(List, ({ WorkGroup: name, MaxResults, NextToken }) => {
      workGroupOf(name);
      const ids = queries
        .all()
        .filter((each) => each.workGroup === name)
        .map(({ id }) => id);
      return page('QueryExecutionIds', ids, MaxResults || 50, NextToken);
    }),
    ListNamedQueries: operation(List, ({ WorkGroup: name, MaxResults, NextToken }) => {
      workGroupOf(name);
      const ids = definitions.namedQueries.filter(({ workGroup }) => workGroup === name).map(({ id }) => id);
      return page('NamedQueryIds', ids, MaxResults || 50, NextToken);
    }),
    GetNamedQuery: operation(NamedQueryId, ({ NamedQueryId: wanted }) => {
      const found = definitions.namedQueries.find(({ id }) => id === wanted);
      if (!found) throw invalid(`NamedQuery ${wanted} was not found`);
      return { NamedQuery: describeNamedQuery(found) };
    }),
    BatchGetNamedQuery: operation(NamedQueryIds, ({ NamedQueryIds: wanted }) => {
      const found = definitions.namedQueries.filter(({ id }) => wanted.includes(id));
      return {
        NamedQueries: found.map(describeNamedQuery),
        UnprocessedNamedQueryIds: wanted
          .filter((each) => found.every(({ id }) => id !== each))
          .map((id) => ({
            NamedQueryId: id,
            ErrorCode: 'INVALID_INPUT',
            ErrorMessage: `NamedQuery ${id} was not found`,
          })),
      };
    }),
    GetWorkGroup: operation(z.looseObject({ WorkGroup: z.string() }), ({ WorkGroup: name }) => ({
      WorkGroup: describeWorkGroup(workGroupOf(name)),
    })),
    ListWorkGroups: operation(List, ({ MaxResults, NextToken }) =>
      page(
        'WorkGroups',
        definitions.workGroups.map(({ name, description, isEnabled }) => ({
          Name: name,
          Description: description,
          State: isEnabled ? 'ENABLED' : 'DISABLED',
          EngineVersion: engine,
        })),
        MaxResults || 50,
        NextToken,
      ),
    ),
  });
};
