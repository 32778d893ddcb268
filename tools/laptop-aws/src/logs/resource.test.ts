import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ResourceKind } from '../assembly/resource-kind.ts';
import { openLogs } from './open-logs.ts';
import { logsResources } from './resource.ts';

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'acme-logs-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('AWS::Logs', () => {
  it('makes the groups and streams of the templates', async () => {
    const logs = openLogs({ dir });
    const build = (type: string, properties: object) => {
      const kind = logsResources(logs)[type] as ResourceKind<unknown>;
      return kind.build(kind.properties.parse(properties), { stack: 'S', logicalId: 'L', generatedName: 'S-L-1' });
    };
    expect(await build('AWS::Logs::LogGroup', { RetentionInDays: 30, KmsKeyId: 'arn' })).toEqual({
      ref: 'S-L-1',
      attributes: { Arn: 'arn:aws:logs:us-west-2:000000000000:log-group:S-L-1:*' },
    });
    expect(await build('AWS::Logs::LogStream', { LogGroupName: 'S-L-1', LogStreamName: 'S3Delivery' })).toEqual({
      ref: 'S3Delivery',
    });
    expect(logs.groups().map(({ name, retentionDays }) => ({ name, retentionDays }))).toEqual([
      { name: 'S-L-1', retentionDays: 30 },
    ]);
    expect([...(logs.group('S-L-1')?.declaredStreams ?? [])]).toEqual(['S3Delivery']);
    expect(() => build('AWS::Logs::LogGroup', { DataProtectionPolicy: {} })).toThrow(/DataProtectionPolicy/);
  });
});
