import { AwsError } from '../aws/aws-error.ts';

/** Name, `name:qualifier`, `account:function:name` or ARN, as the Lambda API takes them. */
const pattern =
  /^(?:(?:arn:[^:]+:lambda:[^:]*:)?\d{12}:function:|function:)?([A-Za-z0-9-_]+)(?::(\$LATEST|[A-Za-z0-9-_]+))?$/;

/** @throws AwsError ValidationException when it is none of those, ResourceNotFoundException for another version */
export const functionNameOf = (nameOrArn: string): string => {
  const [, name, qualifier] = pattern.exec(nameOrArn) ?? [];
  if (!name) throw new AwsError('ValidationException', 'FunctionName is neither a function name nor an ARN');
  if (qualifier && qualifier !== '$LATEST')
    throw new AwsError('ResourceNotFoundException', `${name} has no version or alias here but $LATEST`, 404);
  return name;
};
