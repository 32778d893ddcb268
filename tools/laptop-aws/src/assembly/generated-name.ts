import { createHash } from 'node:crypto';

/** S3's limit (Bucket naming rules) is the tightest of the types that take generated names. */
const longest = 63;
const suffixLength = 12;

/**
 * The physical name of a resource that its template leaves unnamed: `<stack>-<logical id>-<12 characters>` as
 * CloudFormation makes them, but the same at every start. Buckets get it in lower case.
 */
export const generatedName = (stack: string, logicalId: string, type: string): string => {
  const suffix = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex').slice(0, suffixLength);
  const name = `${`${stack}-${logicalId}`.slice(0, longest - suffixLength - 1)}-${suffix.toUpperCase()}`;
  return type === 'AWS::S3::Bucket' ? name.toLowerCase() : name;
};
