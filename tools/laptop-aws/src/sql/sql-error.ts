import { join, resolve } from 'node:path';

/** SQL that this lake does not run, that DuckDB does not understand, or that met a broken object. For its writer. */
export class SqlError extends Error {
  override readonly name = 'SqlError';
}

/** Runs something with DuckDB; what DuckDB complains about becomes an SqlError that speaks of objects, not of files. */
export const plainly = async <Result>(dir: string, run: () => Promise<Result>): Promise<Result> => {
  try {
    return await run();
  } catch (error) {
    const { message } = error as Error;
    if (!duckDbComplaint.test(message)) throw error;
    throw new SqlError(inPlainWords(dir, message), { cause: error });
  }
};

const duckDbComplaint =
  /^(Permission|Catalog|Binder|Parser|Conversion|Invalid Input|IO|Out of Memory|Out of Range|Not implemented|Syntax|Constraint|Invalid Configuration|Mismatch Type|Interrupt|Invalid|Dependency) Error: /;

const inPlainWords = (dir: string, message: string): string => {
  if (message.startsWith('Permission Error: ')) {
    return 'The statement reads a file outside the lake. Only the tables of the lake are read here: try SHOW ALL TABLES.';
  }
  if (message.includes("'DIVISION_BY_ZERO'")) return 'DIVISION_BY_ZERO: Division by zero';
  // A listed object is reached through its list: see `dataFiles`.
  const wayThroughList = /([\\/]buckets[\\/])[^"'\s]*[\\/]\.\.[\\/]/;
  const objects = /([^"'\s]*)[\\/]buckets[\\/]([^\\/]+)[\\/]objects[\\/]([^"\s]+)\.data/;
  const plain = message
    .replaceAll(join(resolve(dir), 's3'), '')
    .replace(wayThroughList, '$1')
    .replace(objects, (_, _folder, bucket: string, key: string) => `s3://${bucket}/${key.replaceAll('\\', '/')}`)
    .replace(/\nTry setting 'auto_detect'.*$/s, '');
  return /s3:\/\//.test(plain) && /^(Invalid Input|IO) Error: /.test(plain)
    ? `An object of the lake is broken. ${plain}`
    : plain;
};
