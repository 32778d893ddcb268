import { spawnSync } from 'node:child_process';

/** The first versions of the AWS CLI that honour AWS_ENDPOINT_URL, by major version (its changelogs, July 2023). */
const firstMinor: Readonly<Record<number, number>> = { 1: 29, 2: 13 };

/**
 * What to say of an AWS CLI that would call the real AWS whatever AWS_ENDPOINT_URL holds, from what its `--version`
 * prints: `aws-cli/2.9.19 Python/3.11.2 …`. Undefined for one that is new enough, and for what is no AWS CLI.
 */
export const tooOld = (version: string): string | undefined => {
  const [, number = '', major = '', minor = ''] = /^aws-cli\/((\d+)\.(\d+)\S*)/.exec(version) ?? [];
  const least = firstMinor[Number(major)];
  if (least === undefined || Number(minor) >= least) return undefined;
  return (
    `the AWS CLI on the PATH is ${number} and does not know AWS_ENDPOINT_URL: its commands would go to the real AWS. ` +
    `Take ${major}.${least} or later, or give each command --endpoint-url "$AWS_ENDPOINT_URL".`
  );
};

/** What the AWS CLI on the PATH says of its version; nothing when there is none. */
export const installedVersion = (): string => {
  const { stdout, stderr } = spawnSync('aws', ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return (stdout || stderr || '').trim(); // version 1 on Python 2 prints it as an error
};
