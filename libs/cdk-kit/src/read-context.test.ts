import { describe, expect, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import * as z from 'zod';
import { readContext } from './read-context.ts';
import { SettingsError } from './read-settings.ts';
import { testApp } from './test-app.ts';

const Context = z.object({
  batchSize: z.coerce.number().int().min(1).max(10_000).default(100).describe('records, 1 to 10000'),
  environment: z.string().optional().describe('a tag'),
});

describe('readContext', () => {
  it('gives the app’s own settings, and leaves CDK’s and the platform’s alone', () => {
    const { app } = testApp('dev', { batchSize: '50', kinesisShardCount: '4', 'aws:cdk:bundling-stacks': 'none' });
    expect(readContext(app, Context)).toEqual({ batchSize: 50 });
    expect(readContext(new App(), Context)).toEqual({ batchSize: 100 });
  });

  it('refuses a name that it does not know, and a bad value, and lists what is allowed', () => {
    const refused = (context: object) => {
      try {
        return readContext(new App({ context: { ...context } }), Context);
      } catch (error) {
        expect(error).toBeInstanceOf(SettingsError);
        return (error as Error).message;
      }
    };
    expect(refused({ batchsize: 5 })).toBe(
      'CDK context: batchsize: is not a setting. Allowed are batchSize (records, 1 to 10000), environment (a tag), ' +
        'ledger, transport, kinesisShardCount, streamShardCount, kinesisRetentionPeriod',
    );
    expect(refused({ batchSize: '0', foo: 1 })).toMatch(/^CDK context: foo: is not a setting; batchSize: Too small/);
    expect(refused({ batchSize: 'many' })).toMatch(/batchSize: .*expected number/);
  });
});
