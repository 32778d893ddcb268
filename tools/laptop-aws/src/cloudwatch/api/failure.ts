import type * as z from 'zod';
import { AwsError } from '../../aws/aws-error.ts';

/** The errors of the API: the shape's name, and the code that the query protocol has for it. */
const shapes = {
  MissingRequiredParameterException: { code: 'MissingParameter', status: 400 },
  InvalidParameterValueException: { code: 'InvalidParameterValue', status: 400 },
  InvalidParameterCombinationException: { code: 'InvalidParameterCombination', status: 400 },
  InvalidNextToken: { code: 'InvalidNextToken', status: 400 },
  DashboardNotFoundError: { code: 'ResourceNotFound', status: 404 },
  InternalServiceFault: { code: 'InternalServiceError', status: 500 },
} as const;

export type FailureShape = keyof typeof shapes;

/** An error of CloudWatch, by its shape. */
export const failure = (shape: FailureShape, message: string): AwsError =>
  new AwsError(shape, message, shapes[shape].status);

/** The code of an error in the query protocol. */
export const queryCode = (shape: string): string =>
  Object.hasOwn(shapes, shape) ? shapes[shape as FailureShape].code : shape;

/**
 * An operation that checks its input first.
 *
 * @throws AwsError from the operation: MissingRequiredParameter or InvalidParameterValue, naming the parameter and not
 * its value
 */
export const operation =
  <Schema extends z.ZodType>(schema: Schema, run: (input: z.output<Schema>) => object) =>
  (input: unknown): object => {
    const parsed = schema.safeParse(input, { reportInput: true });
    if (parsed.success) return run(parsed.data);
    const [issue] = parsed.error.issues as [z.core.$ZodIssue];
    const name = parameterName(issue.path);
    if (issue.input === undefined)
      throw failure('MissingRequiredParameterException', `The parameter ${name} is required.`);
    throw failure(
      'InvalidParameterValueException',
      `The parameter ${name} ${isSentence(issue) ? issue.message : `is not valid: ${issue.message}`}.`,
    );
  };

/** Messages of our own refinements read on from the parameter's name. */
const isSentence = ({ code }: z.core.$ZodIssue): boolean => code === 'custom';

/** `['Dimensions', 0, 'Name']` as CloudWatch says it: Dimensions.member.1.Name. */
const parameterName = (path: readonly PropertyKey[]): string =>
  path.map((part) => (typeof part === 'number' ? `member.${part + 1}` : String(part))).join('.');
