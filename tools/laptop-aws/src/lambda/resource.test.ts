import { describe, expect, it } from '@jest/globals';
import type { ResourceKind } from '../assembly/resource-kind.ts';
import { openFunctions } from './open-functions.ts';
import { lambdaResources } from './resource.ts';

const place = { stack: 'AcmeGeneratorStack', logicalId: 'Generate', generatedName: 'AcmeGeneratorStack-Generate-1' };
const opened = () => {
  const functions = openFunctions({ logs: { write: () => undefined }, baseEnvironment: {} });
  const kinds = lambdaResources(functions, { assetFolder: (key) => `/assembly/asset.${key.replace('.zip', '')}` });
  const build = (type: string, properties: object) => {
    const kind = kinds[type] as ResourceKind<unknown>;
    return kind.build(kind.properties.parse(properties), place);
  };
  return { functions, build };
};
const least = {
  Code: { S3Bucket: 'assets', S3Key: 'abc.zip' },
  Handler: 'index.handler',
  Runtime: 'nodejs24.x',
  Role: 'arn',
};

describe('AWS::Lambda::Function', () => {
  it('defines the function of its template', async () => {
    const { functions, build } = opened();
    const built = await build('AWS::Lambda::Function', {
      ...least,
      FunctionName: 'acme-data-generator',
      Description: 'Makes events',
      MemorySize: 1024,
      Timeout: 300,
      Environment: { Variables: { SEED: '1' } },
      Architectures: ['arm64'],
      ReservedConcurrentExecutions: 5,
      LoggingConfig: { LogGroup: '/aws/lambda/acme-data-generator' },
      TracingConfig: { Mode: 'Active' },
      EphemeralStorage: { Size: 1024 },
      Tags: [{ Key: 'stage', Value: 'local' }],
    });
    expect(built).toEqual({
      ref: 'acme-data-generator',
      attributes: { Arn: 'arn:aws:lambda:us-west-2:000000000000:function:acme-data-generator' },
      notHonoured: ['TracingConfig: there is no X-Ray here', "EphemeralStorage: /tmp is the machine's"],
    });
    expect(functions.specOf('acme-data-generator')).toEqual({
      name: 'acme-data-generator',
      codeDir: '/assembly/asset.abc',
      handler: 'index.handler',
      memoryMb: 1024,
      timeoutSeconds: 300,
      environment: { SEED: '1' },
      reservedConcurrency: 5,
      logging: { group: '/aws/lambda/acme-data-generator' },
      about: {
        description: 'Makes events',
        runtime: 'nodejs24.x',
        role: 'arn',
        architecture: 'arm64',
        tracing: 'Active',
        tags: { stage: 'local' },
      },
    });
  });

  it("has Lambda's own defaults, and a name when it has none", async () => {
    const { functions, build } = opened();
    expect((await build('AWS::Lambda::Function', least)).ref).toBe(place.generatedName);
    expect(functions.specOf(place.generatedName)).toMatchObject({ memoryMb: 128, timeoutSeconds: 3, environment: {} });
  });

  it.each([
    ['layers', { Layers: ['arn'] }, /Layers/],
    ['code in the template', { Code: { ZipFile: 'x' } }, /Code.fromAsset/],
    ['another language', { Runtime: 'python3.13' }, /Node\.js functions only/],
    ["Lambda's own variables", { Environment: { Variables: { AWS_REGION: 'x' } } }, /may not set/],
  ])('refuses %s', (_, properties, message) => {
    expect(() => opened().build('AWS::Lambda::Function', { ...least, ...properties })).toThrow(message);
  });
});

describe('AWS::Lambda::EventInvokeConfig', () => {
  it('says which of its settings do not act', async () => {
    const { build } = opened();
    const built = await build('AWS::Lambda::EventInvokeConfig', {
      FunctionName: 'acme-data-generator',
      Qualifier: '$LATEST',
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: 'arn' } },
    });
    expect(built).toEqual({ ref: 'Generate', notHonoured: ['DestinationConfig.OnFailure'] });
  });
});
