/* eslint-disable @nx/enforce-module-boundaries -- for tests: the tables as the app's own stack describes them */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testApp } from '@acme/cdk-kit/testing';
import { dynamoDbResources, openDynamoDb, servedAlone } from '@acme/laptop-aws/testing';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { Template } from 'aws-cdk-lib/assertions';
import { AnalyticsStack } from '../../../../apps/analytics/infra/analytics-stack.ts';
import { analyticsContext } from '../../../../apps/analytics/infra/context.ts';
import { transactor } from '../../../../apps/analytics/src/store/transact.ts';
import type { Totals } from './answer-key.fixture.ts';

export const names = { results: 'analytics-results', aggregates: 'analytics-aggregates' };

const declared = (): Readonly<Record<string, unknown>>[] => {
  const { app, settings } = testApp('local');
  const stack = new AnalyticsStack(app, 'Analytics', {
    settings,
    context: analyticsContext(app),
    env: { region: settings.region },
  });
  return Object.values(Template.fromStack(stack).findResources('AWS::DynamoDB::GlobalTable')).map(
    ({ Properties }) => Properties as Record<string, unknown>,
  );
};
let tables: ReturnType<typeof declared> | undefined;

/** The laptop's DynamoDB with the tables of the stack, empty. */
export const someTables = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'acme-analytics-'));
  const dynamoDb = await openDynamoDb({ dir });
  const kind = dynamoDbResources(dynamoDb)['AWS::DynamoDB::GlobalTable'];
  for (const properties of (tables ??= declared()))
    await kind?.build(kind.properties.parse(properties), { stack: 'S', logicalId: 'T', generatedName: 'T' });
  const server = await servedAlone(dynamoDb.service);
  const client = new DynamoDBClient(server.client);

  const items = async (TableName: string) => {
    const found = [];
    for await (const { Items = [] } of paginateScan({ client }, { TableName })) found.push(...Items);
    return found;
  };
  return {
    client,
    endpoint: server.client.endpoint,
    transact: transactor(client, names),
    /** The items of `analytics-results`. */
    results: () => items(names.results),
    /** What `analytics-aggregates` says, the pieces of each counter added up. */
    totals: async (): Promise<Totals> => {
      const totals: Record<string, bigint> = {};
      for (const { window, subject, expiresAt: _, ...counters } of await items(names.aggregates)) {
        for (const [counter, { N }] of Object.entries(counters)) {
          const hour = window?.S?.replace(/#\d\d$/, '');
          // A page's minutes lie in the item of its hour.
          const [, minute, own] = /^(\d\d)\|(.*)$/.exec(counter) ?? [];
          const name = minute
            ? `${hour?.replace('hour', 'minute')}:${minute} ${subject?.S} ${own}`
            : `${hour} ${subject?.S} ${counter}`;
          totals[name] = (totals[name] ?? 0n) + BigInt(N as string);
        }
      }
      return Object.fromEntries(Object.entries(totals).map(([name, total]) => [name, String(total)]));
    },
    close: async (): Promise<void> => {
      client.destroy();
      await server.close();
      await dynamoDb.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
};
export type SomeTables = Awaited<ReturnType<typeof someTables>>;
