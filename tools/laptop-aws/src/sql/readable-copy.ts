import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { judgedLines, rowRules } from '@acme/lambda-kit/rows';
import type { TableInput } from '../glue/table-input.ts';
import { urlOf } from './table-objects.ts';

/**
 * Writes an object anew, plain, in which every line that is no row is an empty object: a row of NULLs, as the reader of
 * the catalogue makes it (`ignore.malformed.json`).
 *
 * @param dir the platform's state folder
 */
export const writeReadableCopy = async (dir: string, table: TableInput, file: string, copy: string): Promise<void> => {
  const rules = rowRules(table.StorageDescriptor.Columns.map(({ Name, Type }) => ({ name: Name, type: Type })));
  const output = await open(copy, 'wx');
  try {
    for await (const lines of judgedLines({ key: urlOf(dir, file), bytes: createReadStream(file) }, rules)) {
      const parts = lines.flatMap(({ bytes, flaw }) => [flaw?.isRow === false ? noRow : bytes, newline]);
      await output.write(Buffer.concat(parts));
    }
  } finally {
    await output.close();
  }
};

const noRow = Buffer.from('{}');
const newline = Buffer.from('\n');
