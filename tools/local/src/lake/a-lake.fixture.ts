/* eslint-disable @nx/enforce-module-boundaries -- for tests: the lake as the loader's own stack describes it */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { manifestFolder, rawFolder, roots } from '@acme/lake-layout';
import { testApp } from '@acme/cdk-kit/testing';
import type { ViewingEvent } from '@acme/telemetry-schema';
import { AthenaClient } from '@aws-sdk/client-athena';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Template } from 'aws-cdk-lib/assertions';
import { DataLakeStack } from '../../../../apps/lake-loader/infra/data-lake-stack.ts';
import { athena } from '@acme/lambda-kit/athena';
import { TableInput } from '@acme/laptop-aws/sql';
import { openAthena, openGlue, openS3, servedAlone } from '@acme/laptop-aws/testing';
import { compact, type Outcome } from '../../../../apps/lake-loader/src/compact/compact.ts';
import { Order, spanOf } from '../../../../apps/lake-loader/src/compact/order.ts';
import { objectsUnder } from '../../../../apps/lake-loader/src/compact/list.ts';
import { listFiles } from '../../../../apps/lake-loader/src/manifest/index.ts';

const bucket = 'lake';
const database = 'acme_telemetry';
const workGroup = 'acme-telemetry-compaction';

/** What a compaction may be given in place of its own. */
export interface Given {
  readonly s3?: S3Client;
  readonly client?: AthenaClient;
  readonly order?: object;
  readonly nowMs?: number;
  readonly deadlineMs?: number;
  readonly firstDay?: string;
}

/** The tables as the loader's stack describes them, in this bucket. */
const tablesOf = (): TableInput[] => {
  const { app, settings } = testApp('local');
  const template = Template.fromStack(new DataLakeStack(app, 'Lake', { settings, env: { region: settings.region } }));
  return Object.values(template.findResources('AWS::Glue::Table')).map(({ Properties }) =>
    TableInput.parse(
      JSON.parse(JSON.stringify(Properties.TableInput), (_, value) =>
        value?.['Fn::Join']
          ? value['Fn::Join'][1].map((part: unknown) => (typeof part === 'string' ? part : bucket)).join('')
          : value,
      ),
    ),
  );
};
let tables: TableInput[] | undefined;

/** The laptop's S3, Glue and Athena with an empty lake, and compaction on them. */
export const aLake = async () => {
  const dir = mkdtempSync(join(tmpdir(), 'acme-lake-'));
  const store = await openS3({ dir });
  store.createBucket(bucket);
  const glue = openGlue({ dir });
  glue.createDatabase(database, {});
  for (const table of (tables ??= tablesOf())) glue.createTable(database, table);
  const engine = await openAthena({ dir, s3: store });
  engine.defineWorkGroup({
    name: workGroup,
    outputLocation: `s3://${bucket}/${roots.results}`,
    isEnforced: true,
    isEnabled: true,
    publishesMetrics: false,
  });
  const services = [await servedAlone(store.service), await servedAlone(engine.service)] as const;
  const s3 = new S3Client(services[0].client);
  const client = new AthenaClient(services[1].client);
  const queries = (using = client) => athena(using, { database, workGroup, deadlineMs: Date.now() + 600_000 });
  let objects = 0;

  return {
    dir,
    bucket,
    s3,
    client,

    /** An object as Firehose delivers it, with these events, in an hour of arrival such as 2026-11-21T09. */
    land: async (hour: string, events: readonly ViewingEvent[], name = `object-${objects++}.gz`): Promise<void> => {
      const lines = events.map((event) => `${JSON.stringify(event)}\n`).join('');
      await store.put(bucket, `${rawFolder('viewing', hour)}${name}`, gzipSync(lines));
    },
    put: (key: string, body: string | Buffer): Promise<void> => store.put(bucket, key, Buffer.from(body)),

    bytes: async (Key: string): Promise<Buffer> => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    },

    compact: async (given: Given = {}): Promise<Outcome> => {
      const { order = {}, nowMs = Date.now(), deadlineMs = nowMs + 600_000 } = given;
      const lake = {
        s3: given.s3 ?? s3,
        bucket,
        athena: queries(given.client),
        firstDay: given.firstDay ?? '2025-01-01',
      };
      return compact(lake, spanOf(Order.parse(order), nowMs), { deadlineMs, now: () => nowMs });
    },

    /** What queries see: the id of every row, by day. */
    telemetry: async (): Promise<Record<string, string[]>> => {
      const rows = await queries().rows('SELECT date, event_id FROM telemetry ORDER BY date, event_id');
      const days: Record<string, string[]> = {};
      for (const [date = '', id = ''] of rows) (days[date] ??= []).push(id);
      return days;
    },
    rows: (statement: string) => queries().rows(statement),
    run: (statement: string) => queries().run(statement),

    /** The files of each day that has a manifest. */
    manifests: async (): Promise<Record<string, readonly string[]>> => {
      const found: Record<string, readonly string[]> = {};
      for await (const { key } of objectsUnder(s3, bucket, manifestFolder('telemetry'))) {
        const [, date = ''] = /date=([^/]+)\//.exec(key) ?? [];
        found[date] = (await listFiles({ s3, bucket, table: 'telemetry', date })).files;
      }
      return found;
    },
    keys: async (prefix: string): Promise<string[]> => {
      const keys: string[] = [];
      for await (const { key } of objectsUnder(s3, bucket, prefix)) keys.push(key);
      return keys;
    },

    close: async (): Promise<void> => {
      s3.destroy();
      client.destroy();
      await engine.close();
      await Promise.all(services.map((service) => service.close()));
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
