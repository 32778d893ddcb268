import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { awsTarget } from './aws-target.ts';
import { UsageError } from './command-line.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'acme-'));
});
afterEach(() => rmSync(dir, { recursive: true }));
const usual = join(import.meta.dirname, '../../../.local');
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
    const running = join(usual, 'platform.json');
    const port = existsSync(running) ? JSON.parse(readFileSync(running, 'utf8')).awsPort : 4566;
    expect(awsTarget({}, {})).toEqual(onLaptop(port));
    expect(awsTarget({ dir: usual }, { STAGE: 'local' })).toEqual(onLaptop(port));
  });

  it('finds the laptop platform by its port or its folder', () => {
    writeFileSync(join(dir, 'platform.json'), JSON.stringify({ pid: 1, port: 4200, awsPort: 4791 }));
    expect(awsTarget({ awsPort: 4790, dir }, {})).toEqual(onLaptop(4790));
    expect(awsTarget({ dir }, {})).toEqual(onLaptop(4791));
  });

  it.each([
    ['is empty', undefined],
    ['tells of no port', '{}'],
    ['was cut off', '{"pid":'],
  ])('takes no other platform for that of a folder that %s', (_, platform) => {
    if (platform !== undefined) writeFileSync(join(dir, 'platform.json'), platform);
    expect(() => awsTarget({ dir }, {})).toThrow(
      new UsageError('no platform runs on the folder of --dir; start one there: npm start -- --dir <folder>'),
    );
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
