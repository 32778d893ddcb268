import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { openS3 } from '../s3/s3.ts';
import { withFront } from './front.fixture.ts';
import { openFaults } from './faults.ts';

describe('quarantine-error', () => {
  it('fails writes under quarantine/ several times in a row with 503, and no others', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'faults-'));
    const s3 = await openS3({ dir });
    s3.createBucket('lake');
    const faults = openFaults({
      kinds: ['quarantine-error'],
      seed: 1,
      rates: { 'quarantine-error': 0.2 },
      quarantine: 'quarantine/',
    });
    await withFront(faults.services({ s3: s3.service }), async (settings) => {
      const client = new S3Client(settings);
      const put = (Key: string): Promise<string> =>
        client.send(new PutObjectCommand({ Bucket: 'lake', Key, Body: '{}' })).then(
          () => 'stored',
          ({ name, $metadata }) => `${$metadata.httpStatusCode} ${name}`,
        );
      const answers: string[] = [];
      for (let each = 0; each < 40; each++) {
        answers.push(await put(`quarantine/producer/${each}.ndjson`));
        expect(await put(`telemetry/${each}.gz`)).toBe('stored');
      }
      const failed = answers.filter((answer) => answer !== 'stored');
      expect(new Set(failed)).toEqual(new Set(['503 ServiceUnavailable']));
      expect(failed.length).toBeLessThan(40);
      expect(answers.join(' ')).toMatch(/503 ServiceUnavailable 503 ServiceUnavailable/);
      expect(faults.counts()).toEqual({ 'quarantine-error': failed.length });
      client.destroy();
    });
    rmSync(dir, { recursive: true });
  });

  it('needs the prefix', () => {
    const faults = openFaults({ kinds: ['quarantine-error'], seed: 1 });
    expect(() => faults.services({ s3: () => undefined })).toThrow('needs to know under which prefix');
  });
});
