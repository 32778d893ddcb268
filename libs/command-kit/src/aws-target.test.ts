import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { awsTarget } from './aws-target.ts';

const nowhere = join(tmpdir(), 'no-such-folder');
const onLaptop = (port: number) => ({
  stage: 'local',
  client: {
    region: 'us-west-2',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  },
});

describe('awsTarget', () => {
  it('is the laptop platform when nothing is said', () => {
    expect(awsTarget({ dir: nowhere }, {})).toEqual(onLaptop(4566));
    expect(awsTarget({ dir: nowhere }, { STAGE: 'local' })).toEqual(onLaptop(4566));
  });

  it('finds the laptop platform by its port or its folder', () => {
    expect(awsTarget({ 'aws-port': '4790' }, {})).toEqual(onLaptop(4790));
    const dir = mkdtempSync(join(tmpdir(), 'acme-'));
    writeFileSync(join(dir, 'platform.json'), JSON.stringify({ pid: 1, port: 4200, awsPort: 4791 }));
    expect(awsTarget({ dir }, {})).toEqual(onLaptop(4791));
  });

  it('is AWS when a stage is named, in the region that the environment says', () => {
    expect(awsTarget({}, { STAGE: 'prod', AWS_REGION: 'eu-west-1' })).toEqual({
      stage: 'prod',
      client: { region: 'eu-west-1' },
    });
  });

  it('leaves an endpoint of the environment to the AWS client', () => {
    expect(awsTarget({}, { AWS_ENDPOINT_URL: 'http://127.0.0.1:9999' })).toEqual({
      stage: 'local',
      client: { region: 'us-west-2' },
    });
  });
});
