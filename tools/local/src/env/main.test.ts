import { describe, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const main = join(import.meta.dirname, 'main.ts');

describe('npm run env', () => {
  it('points the AWS clients of a shell at the platform and away from any profile', () => {
    const script = `eval "$("$0" "$1" --aws-port 4577)"; env | grep ^AWS_ | sort`;
    const variables = execFileSync('sh', ['-c', script, process.execPath, main], {
      env: { PATH: process.env['PATH'], AWS_PROFILE: 'production', AWS_SESSION_TOKEN: 'x' },
      encoding: 'utf8',
    });
    expect(variables.trim().split('\n')).toEqual([
      'AWS_ACCESS_KEY_ID=local',
      'AWS_DEFAULT_REGION=us-west-2',
      'AWS_EC2_METADATA_DISABLED=true',
      'AWS_ENDPOINT_URL=http://127.0.0.1:4577',
      'AWS_REGION=us-west-2',
      'AWS_SECRET_ACCESS_KEY=local',
    ]);
  });

  it('finds the platform by its folder, and no other in its place', () => {
    const dir = mkdtempSync(join(tmpdir(), 'acme-env-'));
    const run = () => spawnSync(process.execPath, [main, '--dir', dir], { encoding: 'utf8' });
    expect([run().status, run().stdout, run().stderr]).toEqual([
      2,
      '',
      'no platform runs on the folder of --dir; start one there: npm start -- --dir <folder>\n',
    ]);
    writeFileSync(join(dir, 'platform.json'), JSON.stringify({ pid: 1, port: 4200, awsPort: 4791 }));
    expect(run().stdout.split('\n')[0]).toBe('export AWS_ENDPOINT_URL=http://127.0.0.1:4791');
  });

  it('warns of an AWS CLI that would call the real AWS all the same', () => {
    const bin = mkdtempSync(join(tmpdir(), 'acme-env-'));
    writeFileSync(join(bin, 'aws'), '#!/bin/sh\necho aws-cli/2.9.19 Python/3.11.2\n');
    chmodSync(join(bin, 'aws'), 0o755);
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, '--aws-port', '4577'], {
      encoding: 'utf8',
      env: { ...process.env, PATH: `${bin}:${process.env['PATH']}` },
    });
    expect([status, stdout.split('\n')[0]]).toEqual([0, 'export AWS_ENDPOINT_URL=http://127.0.0.1:4577']);
    expect(stderr).toMatch(/^the AWS CLI on the PATH is 2\.9\.19 .*\n$/);
  });

  it('says on one line what is wrong with an option, and exits with 2', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, '--aws-port', 'x'], { encoding: 'utf8' });
    expect([status, stdout, stderr]).toEqual([2, '', '--aws-port takes a whole number from 1 to 65535\n']);
  });
});
