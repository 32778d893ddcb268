import { inOrder } from './order.ts';
import { ssmParameterType, type Stack } from './template.ts';

/**
 * The stacks with each one after those that publish the SSM parameters it looks up. A parameter that no stack
 * publishes is no matter here: reading it says so.
 *
 * @throws CycleError when stacks look each other up in a ring
 */
export const stacksInOrder = (stacks: readonly Stack[]): readonly Stack[] => {
  const publishers = new Map(stacks.flatMap((stack) => published(stack).map((name) => [name, stack.name] as const)));
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const readFrom = (name: string): string[] =>
    lookedUp(byName.get(name) as Stack)
      .map((parameter) => publishers.get(parameter))
      .filter((publisher) => publisher !== undefined);
  return inOrder([...byName.keys()], readFrom).map((name) => byName.get(name) as Stack);
};

const published = ({ template }: Stack): string[] =>
  Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::SSM::Parameter')
    .map(({ Properties }) => Properties['Name'])
    .filter((name) => typeof name === 'string');

const lookedUp = ({ template }: Stack): string[] =>
  Object.values(template.Parameters)
    .filter(({ Type }) => Type === ssmParameterType)
    .map(({ Default }) => String(Default));
