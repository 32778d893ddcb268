import { createHash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** SHA-256 over the names and bytes of all files that match, in hex; files that come or go change it too. */
export const contentHash = async (root: string, patterns: readonly string[]): Promise<string> => {
  const files: string[] = [];
  for await (const entry of glob(patterns, { cwd: root, withFileTypes: true, exclude: isUninteresting })) {
    if (entry.isFile()) files.push(join(entry.parentPath, entry.name));
  }
  const hash = createHash('sha256');
  for (const file of files.sort())
    hash
      .update(`${file}\0`)
      .update(await readFile(file))
      .update('\0');
  return hash.digest('hex');
};

const isUninteresting = ({ name }: { readonly name: string }): boolean =>
  name === 'node_modules' || name.endsWith('.test.ts') || name.endsWith('.md');
