import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from './assembly.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: unknown;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(root, '.github/workflows');
const files = readdirSync(folder);
const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');
const workflow = (file: string): Workflow => parse(textOf(file));
const ofJobs = <T>({ jobs }: Workflow, of: (job: Job) => T | undefined): Record<string, T> =>
  Object.fromEntries(
    Object.entries(jobs)
      .map(([name, job]) => [name, of(job)] as const)
      .filter((entry): entry is [string, T] => entry[1] !== undefined),
  );
const checkouts = ({ jobs }: Workflow): Step[] =>
  Object.values(jobs).flatMap(({ steps }) => steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')));

describe('every workflow', () => {
  it('pins each action by the full SHA of a commit, with its version beside it', () => {
    const uses = files.flatMap((file) =>
      textOf(file)
        .split('\n')
        .filter((line) => /\buses:/.test(line)),
    );
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+(;|$)/.test(line))).toEqual([]);
  });

  it('gives no permission to all of its jobs, and leaves no token in a checkout', () => {
    for (const each of files.map(workflow)) {
      expect(each.permissions).toEqual({});
      expect(checkouts(each).map((step) => step.with?.['persist-credentials'])).toEqual(
        checkouts(each).map(() => false),
      );
    }
  });

  it('writes no expression into a script, where its value would be code', () => {
    const scripts = files.flatMap((file) => Object.values(workflow(file).jobs).flatMap(({ steps }) => steps));
    expect(scripts.map(({ run }) => run).filter((run) => run?.includes('${{'))).toEqual([]);
  });
});

describe('the workflow of a pull request', () => {
  it('runs its code with a token that reads the contents, and nothing else', () => {
    const pullRequest = workflow('pull-request.yml');
    expect(pullRequest.on).toBe('pull_request'); // pull_request_target would run with the branch's own rights
    expect(ofJobs(pullRequest, ({ permissions }) => permissions)).toEqual({ check: { contents: 'read' } });
    expect(ofJobs(pullRequest, ({ environment }) => environment)).toEqual({});
    expect(textOf('pull-request.yml')).not.toMatch(/secrets\.|role-to-assume/);
  });
});

describe('the workflow of main', () => {
  const main = workflow('main.yml');

  it('gives each job the permissions it needs: a token of the cloud only where a role is assumed', () => {
    expect(ofJobs(main, ({ permissions }) => permissions)).toEqual({
      check: { contents: 'read', actions: 'read' },
      plan: { contents: 'read', 'id-token': 'write' },
      approve: {},
      deploy: { contents: 'read', 'id-token': 'write' },
    });
  });

  it('plans with the look-up role, and takes the deploy role in the environment that the role trusts', () => {
    const roles = ofJobs(main, ({ steps }) => steps.map((step) => step.with?.['role-to-assume']).find(Boolean));
    expect(roles).toEqual({ plan: '${{ vars.LOOK_UP_ROLE_ARN }}', deploy: '${{ vars.DEPLOY_ROLE_ARN }}' });
    expect(ofJobs(main, ({ environment }) => environment)).toEqual({ approve: 'permissions-grow', deploy: 'deploy' });
  });

  it('compares templates without a change set, which would need the deploy role', () => {
    const diff = main.jobs.plan?.steps.find(({ run }) => run?.includes('-t diff'));
    expect(diff?.run).toContain('-- --security-only --fail --method=template');
  });

  it('deploys after the plan, and after the approval where permissions grow', () => {
    expect(main.jobs.approve?.if).toBe("needs.plan.outputs.broadens == 'true'");
    expect(main.jobs.deploy?.needs).toEqual(['check', 'plan', 'approve']);
    expect(main.jobs.deploy?.if).toBe(
      "${{ !cancelled() && needs.plan.result == 'success' && (needs.approve.result == 'success' || (needs.approve.result == 'skipped' && needs.plan.outputs.broadens == 'false')) }}",
    );
  });

  it('runs tests in no job that can have a token of the cloud before the approval, and shares no cache with deploy', () => {
    const commands = main.jobs.plan?.steps.map(({ run }) => run ?? '') ?? [];
    expect(commands.filter((run) => /\btest\b/.test(run))).toEqual([]);
    expect(
      Object.values(main.jobs).flatMap(({ steps }) => steps.map((step) => step.with?.cache).filter(Boolean)),
    ).toEqual([]);
  });
});

describe('the roles of the workflow', () => {
  // CloudFormation's short tags (!Sub, !Ref) are read as their text.
  const { Parameters, Resources } = parse(readFileSync(join(root, '.github/deploy-roles.yaml'), 'utf8'), {
    logLevel: 'silent',
  });
  const trustOf = (role: string) => Resources[role].Properties.AssumeRolePolicyDocument.Statement;
  const allowedTo = (role: string) =>
    Resources[role].Properties.Policies.flatMap(
      (policy: { PolicyDocument: { Statement: unknown[] } }) => policy.PolicyDocument.Statement,
    );
  const trust = (sub: string) => [
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: 'GitHub' },
      Condition: {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': sub,
        },
      },
    },
  ];

  it('trust one repository: the look-up role its main branch, the deploy role its environment `deploy`', () => {
    expect(trustOf('LookUpRole')).toEqual(trust('repo:${Repository}:ref:${Ref}'));
    expect(trustOf('DeployRole')).toEqual(trust('repo:${Repository}:environment:${Environment}'));
    expect([Parameters.Ref.Default, Parameters.Environment.Default]).toEqual(['refs/heads/main', 'deploy']);
    expect(Parameters.Repository.AllowedPattern).toBe('[\\w.-]+/[\\w.-]+'); // no wildcard
  });

  it('let the look-up role assume the look-up role of the bootstrap, and nothing else', () => {
    expect(allowedTo('LookUpRole')).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Resource: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cdk-*-lookup-role-${AWS::AccountId}-*',
      },
    ]);
    expect(Object.keys(Resources.LookUpRole.Properties).sort()).toEqual([
      'AssumeRolePolicyDocument',
      'MaxSessionDuration',
      'Policies', // no managed policy beside them
    ]);
  });
});
