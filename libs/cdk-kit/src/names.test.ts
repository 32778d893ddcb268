import { describe, expect, it } from '@jest/globals';
import { named } from './names.ts';

describe('named', () => {
  it('keeps the printed names bare in the stages dev and local', () => {
    expect(named({ stage: 'dev' }, 'acme-data-generator')).toBe('acme-data-generator');
    expect(named({ stage: 'local' }, 'AcmeKinesisStack')).toBe('AcmeKinesisStack');
  });

  it.each([
    ['acme-data-generator', 'acme-prod-data-generator'],
    ['acme_telemetry', 'acme_prod_telemetry'],
    ['AcmeKinesisStack', 'AcmeProdKinesisStack'],
    ['/aws/firehose/acme-data-kinesis-to-s3', '/aws/firehose/acme-prod-data-kinesis-to-s3'],
  ])('inserts any other stage into %s', (bare, staged) => {
    expect(named({ stage: 'prod' }, bare)).toBe(staged);
  });
});
