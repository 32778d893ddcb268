import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BuiltResource, ResourceKind } from '../assembly/resource-kind.ts';
import { type Athena, openAthena } from './athena.ts';
import { readDefinitions } from './definitions.ts';
import { openS3, type S3 } from '../s3/s3.ts';
import { athenaResources } from './resource.ts';

const place = { stack: 'AcmeDataLakeStack', logicalId: 'X', generatedName: 'AcmeDataLakeStack-X1234' };

let dir: string;
let athena: Athena;
let s3: S3;

const build = (type: string, properties: unknown): BuiltResource | Promise<BuiltResource> => {
  const kind = athenaResources(athena)[type] as ResourceKind<unknown>;
  return kind.build(kind.properties.parse(properties), place);
};

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'athena-'));
  s3 = await openS3({ dir });
  athena = await openAthena({ dir, s3 });
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('the resources of Athena', () => {
  it('keep a work group with its limits, and Athena’s defaults where the template is silent', async () => {
    const built = await build('AWS::Athena::WorkGroup', {
      Name: 'acme',
      RecursiveDeleteOption: true,
      WorkGroupConfiguration: {
        BytesScannedCutoffPerQuery: 10_000_000,
        EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
        PublishCloudWatchMetricsEnabled: true,
        ResultConfiguration: {
          OutputLocation: 's3://lake/athena-results/',
          EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
        },
      },
    });
    const plain = { PublishCloudWatchMetricsEnabled: false, RequesterPaysEnabled: true };

    expect(await build('AWS::Athena::WorkGroup', { Name: 'plain', WorkGroupConfiguration: plain })).toEqual({
      ref: 'plain',
      notHonoured: ['WorkGroupConfiguration.RequesterPaysEnabled'],
    });
    expect(built).toEqual({
      ref: 'acme',
      notHonoured: ['WorkGroupConfiguration.PublishCloudWatchMetricsEnabled'],
    });
    expect(readDefinitions(dir).workGroups).toEqual([
      { name: 'primary', isEnforced: false, isEnabled: true, publishesMetrics: false },
      {
        name: 'acme',
        bytesScannedCutoff: 10_000_000,
        outputLocation: 's3://lake/athena-results/',
        isEnforced: true,
        isEnabled: true,
        publishesMetrics: true,
        encryption: 'SSE_S3',
      },
      { name: 'plain', isEnforced: true, isEnabled: true, publishesMetrics: false },
    ]);
  });

  it('give a named query the same id after every start', async () => {
    const query = { Name: 'q', Database: 'acme_telemetry', QueryString: 'SELECT 1', WorkGroup: 'acme' };
    const first = await build('AWS::Athena::NamedQuery', query);
    athena = await openAthena({ dir, s3 });
    expect(await build('AWS::Athena::NamedQuery', query)).toEqual(first);

    expect(first.ref).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(readDefinitions(dir).namedQueries).toEqual([
      { id: first.ref, name: 'q', database: 'acme_telemetry', query: 'SELECT 1', workGroup: 'acme' },
    ]);
  });

  it('refuse a cut-off below Athena’s, a setting that nobody here knows, and a statement that is too long', () => {
    const withSettings = (WorkGroupConfiguration: object) => () =>
      build('AWS::Athena::WorkGroup', { Name: 'acme', WorkGroupConfiguration });
    expect(withSettings({ BytesScannedCutoffPerQuery: 9_999_999 })).toThrow('>=10000000');
    expect(withSettings({ ExecutionRole: 'arn' })).toThrow('ExecutionRole');
    expect(() =>
      build('AWS::Athena::NamedQuery', { Database: 'acme_telemetry', QueryString: ' '.repeat(262_145) }),
    ).toThrow('262144');
  });
});
