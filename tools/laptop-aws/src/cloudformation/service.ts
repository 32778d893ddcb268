import type { BuiltStack } from '../assembly/build-stack.ts';
import { stackId } from '../assembly/names.ts';
import { AwsError } from '../aws/aws-error.ts';
import { element, queryService } from '../aws/query-service.ts';
import type { AwsService } from '../aws/service.ts';

/**
 * CloudFormation, as far as reading what runs: stacks, their outputs and resources.
 *
 * @param stacks asked at each request, so that it may be served before they are built
 */
export const cloudFormationService = (stacks: () => readonly BuiltStack[]): AwsService => {
  const startedAt = new Date().toISOString();

  const named = (name: string | null): BuiltStack => {
    const stack = stacks().find((one) => one.name === name || stackId(one.name) === name);
    if (stack) return stack;
    // AWS's own words: scripts look for "does not exist".
    throw new AwsError('ValidationError', 'Stack with the given name or id does not exist');
  };
  const about = ({ name }: BuiltStack): string =>
    element('StackId', stackId(name)) +
    element('StackName', name) +
    element('CreationTime', startedAt) +
    element('StackStatus', 'CREATE_COMPLETE');

  return queryService('http://cloudformation.amazonaws.com/doc/2010-05-15/', {
    DescribeStacks: (parameters) => {
      const name = parameters.get('StackName');
      const described = name === null ? stacks() : [named(name)];
      return members(
        'Stacks',
        described.map((stack) => about(stack) + outputs(stack) + '<DisableRollback>false</DisableRollback>'),
      );
    },
    ListStacks: () => members('StackSummaries', stacks().map(about)),
    DescribeStackResources: (parameters) => {
      const stack = named(parameters.get('StackName'));
      const wanted = parameters.get('LogicalResourceId');
      return members(
        'StackResources',
        stack.resources
          .filter(({ logicalId }) => wanted === null || logicalId === wanted)
          .map(
            ({ logicalId, type, physicalId }) =>
              element('StackName', stack.name) +
              element('StackId', stackId(stack.name)) +
              element('LogicalResourceId', logicalId) +
              element('PhysicalResourceId', physicalId) +
              element('ResourceType', type) +
              element('Timestamp', startedAt) +
              element('ResourceStatus', 'CREATE_COMPLETE'),
          ),
      );
    },
  });
};

const outputs = ({ outputs: given }: BuiltStack): string =>
  members(
    'Outputs',
    given.map(
      ({ key, value, description }) =>
        element('OutputKey', key) + element('OutputValue', value) + element('Description', description),
    ),
  );

const members = (name: string, items: readonly string[]): string =>
  `<${name}>${items.map((item) => `<member>${item}</member>`).join('')}</${name}>`;
