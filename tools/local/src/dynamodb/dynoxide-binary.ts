import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

const file = process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';

/**
 * The path of dynoxide (DynamoDB on SQLite): npm's for this platform, else the one on the PATH.
 *
 * @throws DynamoDbError that says what to install
 */
export const dynoxideBinary = (
  platform: string = `${process.platform}-${process.arch}`,
  path: string = process.env['PATH'] ?? '',
): string => {
  const candidates = [fromNpm(platform), ...path.split(delimiter)].filter((folder) => folder !== undefined);
  const found = candidates.map((folder) => join(folder, file)).find(existsSync);
  if (found) return found;
  throw new DynamoDbError(
    `DynamoDB on the laptop needs dynoxide, which npm did not bring for ${platform}: ` +
      `install it with \`npm i --no-save @dynoxide/${platform}\`, or put a dynoxide 1.2 binary on the PATH ` +
      '(https://github.com/nubo-db/dynoxide), and start again',
  );
};

const fromNpm = (platform: string): string | undefined => {
  try {
    return dirname(createRequire(import.meta.url).resolve(`@dynoxide/${platform}/package.json`));
  } catch {
    return undefined; // an optional dependency: npm has it for some platforms only
  }
};

/** DynamoDB's engine is missing, did not start, or has stopped; the message says what to do. */
export class DynamoDbError extends Error {
  override readonly name = 'DynamoDbError';
}
