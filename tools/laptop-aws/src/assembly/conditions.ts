import type { Stack } from './template.ts';
import { TemplateError, type TemplatePlace } from './template-error.ts';

/** The conditions of a stack: Fn::Equals, Fn::Not, Fn::And, Fn::Or over resolved values, and names of each other. */
export const conditions = (stack: Stack, resolve: (value: unknown, place: TemplatePlace) => unknown) => {
  const { Conditions: declared } = stack.template;

  /** @throws TemplateError for a condition that the template does not have, or an operator that is not known here */
  const holds = (name: string, place: TemplatePlace = { stack: stack.name, logicalId: name }): boolean => {
    if (!Object.hasOwn(declared, name)) {
      throw new TemplateError(place, `this template has no condition ${name}`, 'correct the name in the app');
    }
    return judged(declared[name], { stack: stack.name, logicalId: name, path: 'Conditions' });
  };

  const judged = (condition: unknown, place: TemplatePlace): boolean => {
    const [operator, argument] = Object.entries(condition as object)[0] ?? [];
    const operands = Array.isArray(argument) ? (argument as unknown[]) : [];
    switch (operator) {
      case 'Condition':
        return holds(String(argument), place);
      case 'Fn::Equals':
        return resolve(operands[0], place) === resolve(operands[1], place);
      case 'Fn::Not':
        return !judged(operands[0], place);
      case 'Fn::And':
        return operands.every((operand) => judged(operand, place));
      case 'Fn::Or':
        return operands.some((operand) => judged(operand, place));
      default:
        throw new TemplateError(
          place,
          `${operator ?? 'nothing'} is not a condition that is known on the laptop`,
          'use Fn::Equals, Fn::Not, Fn::And or Fn::Or, or add it to tools/laptop-aws/src/assembly/conditions.ts',
        );
    }
  };

  return { holds };
};
