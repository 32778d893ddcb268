import { S3Error } from './fauxqs.ts';
import { textOf, type Query } from './listing.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html, "Overriding response header values" */
const replaceable = [
  ...['cache-control', 'content-disposition', 'content-encoding', 'content-language', 'content-type', 'expires'],
];

/**
 * What the answer to a read shall say instead of what the object says, by the name of the header.
 *
 * @throws S3Error InvalidArgument for what no header can hold
 */
export const replacedHeaders = (query: Query): readonly (readonly [name: string, value: string])[] =>
  replaceable.flatMap((name) => {
    const value = textOf(query, `response-${name}`);
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
      throw new S3Error('InvalidArgument', `response-${name} has a character that no header can hold`, 400);
    }
    return value === '' ? [] : [[name, value] as const];
  });
