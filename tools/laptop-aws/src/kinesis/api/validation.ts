import type * as z from 'zod';
import { AwsError } from '../../aws/aws-error.ts';

/**
 * The operation with its input checked first, and refused as AWS refuses it: a SerializationException for a value of
 * the wrong JSON type, a ValidationException for one outside its limits. Values are not quoted.
 */
export const checked =
  <Schema extends z.ZodType, Output>(schema: Schema, run: (input: z.infer<Schema>) => Output) =>
  (input: unknown): Output => {
    const parsed = schema.safeParse(input, { reportInput: true });
    if (parsed.success) return run(parsed.data);
    const wrongType = parsed.error.issues.find((issue) => issue.code === 'invalid_type' && issue.input !== undefined);
    if (wrongType) throw new AwsError('SerializationException', `${member(wrongType)} is of the wrong type`);
    const errors = parsed.error.issues.map(
      (issue) => `Value at '${member(issue)}' failed to satisfy constraint: ${constraint(issue)}`,
    );
    const count = `${errors.length} validation error${errors.length === 1 ? '' : 's'} detected`;
    throw new AwsError('ValidationException', `${count}: ${errors.join('; ')}`);
  };

/** `['Records', 0, 'PartitionKey']` as AWS says it: records.1.member.partitionKey. */
const member = ({ path }: z.core.$ZodIssue): string =>
  path.map((part) => (typeof part === 'number' ? `${part + 1}.member` : lowerFirst(String(part)))).join('.');

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const constraint = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'too_small':
      return `Member must have ${measure(issue.origin)} greater than or equal to ${issue.minimum}`;
    case 'too_big':
      return `Member must have ${measure(issue.origin)} less than or equal to ${issue.maximum}`;
    case 'invalid_format':
      return `Member must satisfy regular expression pattern: ${issue.pattern}`;
    case 'invalid_value':
      return `Member must satisfy enum value set: [${issue.values.join(', ')}]`;
    case 'invalid_type':
      return 'Member must not be null';
    default:
      return issue.message;
  }
};

const measure = (origin: string): string => (origin === 'string' || origin === 'array' ? 'length' : 'value');
