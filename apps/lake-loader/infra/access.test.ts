import { testApp } from '@acme/cdk-kit/testing';
import { describe, expect, it } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { DataLakeStack } from './data-lake-stack.ts';

const { app, settings } = testApp();
const template = Template.fromStack(new DataLakeStack(app, 'Lake', { settings, env: { region: settings.region } }));

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}
/** What a policy lets one do, action by action, with the ends of the resources' ARNs. */
const allowed = (statements: readonly Statement[]): Record<string, string[]> => {
  const grants: Record<string, string[]> = {};
  for (const { Action, Resource } of statements) {
    const resources = [Resource].flat().map((resource) => {
      const [, parts = []] = (resource as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join'] ?? [];
      const end = parts.at(-1);
      return typeof end === 'string' ? end.replace(/^:/, '') : 'the bucket';
    });
    for (const action of [Action].flat()) grants[action] = [...(grants[action] ?? []), ...resources];
  }
  return grants;
};
const policyOf = (role: string): readonly Statement[] =>
  Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(role))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

describe('compaction', () => {
  it('runs twenty past every hour, for the hours that were over by then', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(20 * * * ? *)',
      Target: { Input: Match.serializedJson({ scheduledTime: '<aws.scheduler.scheduled-time>' }) },
    });
  });

  it('has a workgroup without a cut-off and the function’s most time', () => {
    template.hasResourceProperties('AWS::Athena::WorkGroup', {
      Name: 'acme-telemetry-compaction',
      WorkGroupConfiguration: { EnforceWorkGroupConfiguration: true, BytesScannedCutoffPerQuery: Match.absent() },
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'acme-lake-compaction',
      Timeout: 900,
      Environment: {
        Variables: Match.objectLike({
          DATABASE: 'acme_telemetry',
          WORK_GROUP: 'acme-telemetry-compaction',
          FIRST_DAY: '2025-01-01',
        }),
      },
    });
  });

  it('deletes only what runs like it have written, and overwrites that and raw objects alone', () => {
    const grants = allowed(policyOf('CompactRole'));

    expect(grants['s3:DeleteObject']).toEqual(['/tables/telemetry/run-*']);
    expect([...new Set(grants['s3:PutObject'])].sort()).toEqual([
      '/athena-results/*',
      '/checksums/telemetry/*',
      '/compaction/telemetry/*',
      '/manifests/telemetry/*',
      '/quarantine/lake-compaction/*',
      '/tables/telemetry/run-*',
      '/telemetry/*', // where nobody can read an object, one with its good lines takes its place
    ]);
    expect(grants['athena:StartQueryExecution']).toEqual(['workgroup/acme-telemetry-compaction']);
    expect(Object.keys(grants).filter((action) => action.includes('*'))).toEqual([]);
  });

  it('alarms when it fails, and when it has not succeeded for three hours', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('stay in streaming_events'),
      MetricName: 'Errors',
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('three hours'),
      EvaluationPeriods: 3,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
      Metrics: Match.arrayWith([Match.objectLike({ Expression: 'FILL(invocations, 0) - FILL(errors, 0)' })]),
    });
  });
});

describe('a reader of the lake', () => {
  const [policy] = Object.values(
    template.findResources('AWS::IAM::ManagedPolicy', {
      Properties: { Description: Match.stringLikeRegexp('query the lake') },
    }),
  );
  const grants = allowed(policy?.['Properties'].PolicyDocument.Statement ?? []);

  it('reads the tables, and not quarantine, ledger or what is given up', () => {
    expect(grants['s3:GetObject']?.sort()).toEqual([
      '/athena-results/*',
      '/clickstream/*',
      '/enriched-data/*',
      '/manifests/*',
      '/tables/*',
      '/telemetry/*',
    ]);
  });

  it('writes query results only, in one workgroup, on one database', () => {
    expect(grants['s3:PutObject']).toEqual(['/athena-results/*']);
    expect(grants['s3:DeleteObject']).toBeUndefined();
    expect(grants['athena:StartQueryExecution']).toEqual(['workgroup/acme-telemetry']);
    expect(grants['glue:GetTable']?.sort()).toEqual(['catalog', 'database/acme_telemetry', 'table/acme_telemetry/*']);
    expect(Object.keys(grants).filter((action) => /^glue:(?!Get)/.test(action) || action.includes('*'))).toEqual([]);
  });
});

describe('endpoints in a VPC', () => {
  it('are made only where the stage asks for them: S3 by route, Athena and Glue for the addresses named', () => {
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 0);
    const [vpcId, subnetId, routeTableId] = ['vpc-', 'subnet-', 'rtb-'].map((kind) => `${kind}0123456789abcdef0`) as [
      string,
      string,
      string,
    ];
    const inVpc = {
      ...settings,
      lake: {
        ...settings.lake,
        endpoints: { vpcId, cidr: '10.0.0.0/16', subnetIds: [subnetId], routeTableIds: [routeTableId] },
      },
    };
    const props = { settings: inVpc, env: { region: settings.region } };
    const withEndpoints = Template.fromStack(new DataLakeStack(testApp().app, 'Lake', props));

    const endpoint = (service: string, properties: object): void =>
      withEndpoints.hasResourceProperties('AWS::EC2::VPCEndpoint', {
        ServiceName: `com.amazonaws.us-west-2.${service}`,
        VpcId: vpcId,
        ...properties,
      });
    endpoint('s3', { VpcEndpointType: 'Gateway', RouteTableIds: [routeTableId] });
    for (const service of ['athena', 'glue']) {
      endpoint(service, { VpcEndpointType: 'Interface', SubnetIds: [subnetId], PrivateDnsEnabled: true });
    }
    withEndpoints.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [Match.objectLike({ FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/16' })],
    });
  });
});
