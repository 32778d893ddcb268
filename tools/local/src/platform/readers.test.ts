import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssemblies, synthesise } from '@acme/laptop-aws/testing';
import { readerNames } from '@acme/stack-contract';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

let outDir: string;
beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'acme-readers-'));
});
afterAll(() => rm(outDir, { recursive: true }));

it('every reader that is deployed is one of those that the audit and the invariants know, and the other way round', async () => {
  const { folders } = await synthesise({ stage: 'local', outDir, context: { transport: 'kafka' } });
  const { stacks } = await readAssemblies(folders);
  const groups = stacks
    .flatMap(({ template }) => Object.values(template.Resources))
    .filter(({ Type }) => Type === 'AWS::Lambda::EventSourceMapping')
    .map(
      ({ Properties = {} }) =>
        (Properties['SelfManagedKafkaEventSourceConfig'] as { ConsumerGroupId: string }).ConsumerGroupId,
    );
  expect(groups.sort()).toEqual(readerNames.map((name) => `acme-${name}`).sort());
});
