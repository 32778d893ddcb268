import { describe, expect, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { readSettings } from './read-settings.ts';

describe('readSettings', () => {
  it('takes dev when no stage is named', () => {
    expect(readSettings(new App(), undefined).stage).toBe('dev');
    expect(readSettings(new App(), '').stage).toBe('dev');
  });

  it('refuses an unknown stage and says which there are', () => {
    expect(() => readSettings(new App(), 'staging')).toThrow('STAGE is not one of dev, local, prod');
  });

  it("lets the reference system's context win over the stage's file", () => {
    const app = new App({ context: { kinesisShardCount: '4', kinesisRetentionPeriod: 48 } });
    expect(readSettings(app, 'dev').streams).toEqual({
      telemetry: { mode: 'ON_DEMAND' },
      clickstream: { mode: 'PROVISIONED', shards: 4 },
      retentionHours: 48,
    });
  });

  it('takes the number of shards by either of its names, and not by both at odds', () => {
    const shards = (context: object) => readSettings(new App({ context: { ...context } }), 'dev').streams.clickstream;
    expect(shards({ streamShardCount: '3' })).toEqual({ mode: 'PROVISIONED', shards: 3 });
    expect(shards({ streamShardCount: '3', kinesisShardCount: '3' })).toEqual({ mode: 'PROVISIONED', shards: 3 });
    expect(() => shards({ streamShardCount: '3', kinesisShardCount: '4' })).toThrow(/streamShardCount: .*one of them/);
  });

  it('keeps a ledger in every stage, unless context says no', () => {
    for (const stage of ['dev', 'local', 'prod']) expect(readSettings(new App(), stage).ledger).toBe(true);
    expect(readSettings(new App({ context: { ledger: 'false' } }), 'dev').ledger).toBe(false);
  });

  it('is on Kinesis in every stage, unless context says Kafka', () => {
    for (const stage of ['dev', 'local', 'prod']) expect(readSettings(new App(), stage).transport).toBe('kinesis');
    expect(readSettings(new App({ context: { transport: 'kafka' } }), 'dev').transport).toBe('kafka');
    expect(() => readSettings(new App({ context: { transport: 'sqs' } }), 'dev')).toThrow(/transport: .*kafka/);
  });

  it('names the context value that is out of range', () => {
    const app = new App({ context: { kinesisRetentionPeriod: '1' } });
    expect(() => readSettings(app, 'dev')).toThrow(/CDK context: kinesisRetentionPeriod: .*24/);
  });
});
