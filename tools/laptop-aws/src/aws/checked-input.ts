import type * as z from 'zod';
import { AwsError } from './aws-error.ts';

/**
 * An operation that first checks its input against a schema.
 *
 * @param code what the service calls a bad input
 * @throws AwsError from the operation, naming each field that is missing or wrong, never its value
 */
export const checkedInput =
  <Input, Output>(schema: z.ZodType<Input>, run: (input: Input) => Output, code = 'ValidationException') =>
  (input: unknown): Output => {
    const result = schema.safeParse(input);
    if (result.success) return run(result.data);
    const refused = result.error.issues.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`);
    throw new AwsError(code, refused.join('; '));
  };
